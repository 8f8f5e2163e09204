/** Icons of one kept set (Lucide), bundled. They are decoration: the control around them has the name. */
import { css, html, LitElement } from "lit";
import { unsafeSVG } from "lit/directives/unsafe-svg.js";
import aperture from "lucide-static/icons/aperture.svg?raw";
import arrowLeftRight from "lucide-static/icons/arrow-left-right.svg?raw";
import box from "lucide-static/icons/box.svg?raw";
import camera from "lucide-static/icons/camera.svg?raw";
import check from "lucide-static/icons/check.svg?raw";
import chevronDown from "lucide-static/icons/chevron-down.svg?raw";
import chevronLeft from "lucide-static/icons/chevron-left.svg?raw";
import chevronRight from "lucide-static/icons/chevron-right.svg?raw";
import help from "lucide-static/icons/circle-question-mark.svg?raw";
import cornerLeftUp from "lucide-static/icons/corner-left-up.svg?raw";
import eye from "lucide-static/icons/eye.svg?raw";
import eyeOff from "lucide-static/icons/eye-off.svg?raw";
import file from "lucide-static/icons/file.svg?raw";
import folder from "lucide-static/icons/folder.svg?raw";
import folderOpen from "lucide-static/icons/folder-open.svg?raw";
import grid from "lucide-static/icons/grid-2x2.svg?raw";
import house from "lucide-static/icons/house.svg?raw";
import image from "lucide-static/icons/image.svg?raw";
import layers from "lucide-static/icons/layers.svg?raw";
import moon from "lucide-static/icons/moon.svg?raw";
import pause from "lucide-static/icons/pause.svg?raw";
import play from "lucide-static/icons/play.svg?raw";
import plus from "lucide-static/icons/plus.svg?raw";
import redo from "lucide-static/icons/redo-2.svg?raw";
import rotate from "lucide-static/icons/refresh-cw.svg?raw";
import ruler from "lucide-static/icons/ruler.svg?raw";
import settings from "lucide-static/icons/settings.svg?raw";
import sliders from "lucide-static/icons/sliders-horizontal.svg?raw";
import square from "lucide-static/icons/square.svg?raw";
import sun from "lucide-static/icons/sun.svg?raw";
import trash from "lucide-static/icons/trash-2.svg?raw";
import undo from "lucide-static/icons/undo-2.svg?raw";
import upload from "lucide-static/icons/upload.svg?raw";
import user from "lucide-static/icons/user.svg?raw";
import close from "lucide-static/icons/x.svg?raw";

const ICONS = {
  ...{
    aperture,
    arrowLeftRight,
    box,
    camera,
    check,
    chevronDown,
    chevronLeft,
    chevronRight,
    close,
    cornerLeftUp,
  },
  ...{
    eye,
    eyeOff,
    file,
    folder,
    folderOpen,
    grid,
    help,
    house,
    image,
    layers,
    moon,
    pause,
    play,
    plus,
    redo,
  },
  ...{ rotate, ruler, settings, sliders, square, sun, trash, undo, upload, user },
};
export type IconName = keyof typeof ICONS;

/** <ep-icon name="play">: 16 px, in the text's colour. */
export class EpIcon extends LitElement {
  static override properties = { name: {} };
  declare name: IconName;

  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
    }
    svg {
      width: var(--icon-size, 16px);
      height: var(--icon-size, 16px);
    }
  `;

  constructor() {
    super();
    this.name = "square";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.ariaHidden = "true";
  }

  override render() {
    return html`${unsafeSVG(ICONS[this.name])}`;
  }
}
customElements.define("ep-icon", EpIcon);
