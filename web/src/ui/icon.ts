/** Icons of one kept set (Lucide), bundled. They are decoration: the control around them has the name. */
import { css, html, LitElement } from "lit";
import { unsafeSVG } from "lit/directives/unsafe-svg.js";
import activity from "lucide-static/icons/activity.svg?raw";
import aperture from "lucide-static/icons/aperture.svg?raw";
import arrowDown from "lucide-static/icons/arrow-down.svg?raw";
import arrowLeftRight from "lucide-static/icons/arrow-left-right.svg?raw";
import arrowRight from "lucide-static/icons/arrow-right.svg?raw";
import arrowUp from "lucide-static/icons/arrow-up.svg?raw";
import arrowUpDown from "lucide-static/icons/arrow-up-down.svg?raw";
import bell from "lucide-static/icons/bell.svg?raw";
import box from "lucide-static/icons/box.svg?raw";
import brain from "lucide-static/icons/brain.svg?raw";
import toFront from "lucide-static/icons/bring-to-front.svg?raw";
import brush from "lucide-static/icons/brush.svg?raw";
import camera from "lucide-static/icons/camera.svg?raw";
import points from "lucide-static/icons/chart-scatter.svg?raw";
import check from "lucide-static/icons/check.svg?raw";
import chevronDown from "lucide-static/icons/chevron-down.svg?raw";
import chevronLeft from "lucide-static/icons/chevron-left.svg?raw";
import chevronRight from "lucide-static/icons/chevron-right.svg?raw";
import fastForward from "lucide-static/icons/chevrons-right.svg?raw";
import circle from "lucide-static/icons/circle.svg?raw";
import record from "lucide-static/icons/circle-dot.svg?raw";
import vertexRemove from "lucide-static/icons/circle-minus.svg?raw";
import vertexInsert from "lucide-static/icons/circle-plus.svg?raw";
import help from "lucide-static/icons/circle-question-mark.svg?raw";
import code from "lucide-static/icons/code.svg?raw";
import command from "lucide-static/icons/command.svg?raw";
import copy from "lucide-static/icons/copy.svg?raw";
import cornerLeftUp from "lucide-static/icons/corner-left-up.svg?raw";
import cpu from "lucide-static/icons/cpu.svg?raw";
import database from "lucide-static/icons/database.svg?raw";
import download from "lucide-static/icons/download.svg?raw";
import more from "lucide-static/icons/ellipsis.svg?raw";
import eraser from "lucide-static/icons/eraser.svg?raw";
import eye from "lucide-static/icons/eye.svg?raw";
import eyeOff from "lucide-static/icons/eye-off.svg?raw";
import file from "lucide-static/icons/file.svg?raw";
import files from "lucide-static/icons/files.svg?raw";
import film from "lucide-static/icons/film.svg?raw";
import folder from "lucide-static/icons/folder.svg?raw";
import folderOpen from "lucide-static/icons/folder-open.svg?raw";
import grid from "lucide-static/icons/grid-2x2.svg?raw";
import history from "lucide-static/icons/history.svg?raw";
import house from "lucide-static/icons/house.svg?raw";
import image from "lucide-static/icons/image.svg?raw";
import key from "lucide-static/icons/key-round.svg?raw";
import lasso from "lucide-static/icons/lasso.svg?raw";
import layers from "lucide-static/icons/layers.svg?raw";
import panels from "lucide-static/icons/layout-dashboard.svg?raw";
import spline from "lucide-static/icons/line-squiggle.svg?raw";
import link from "lucide-static/icons/link.svg?raw";
import list from "lucide-static/icons/list-tree.svg?raw";
import lock from "lucide-static/icons/lock.svg?raw";
import lockOpen from "lucide-static/icons/lock-open.svg?raw";
import logOut from "lucide-static/icons/log-out.svg?raw";
import expand from "lucide-static/icons/maximize-2.svg?raw";
import message from "lucide-static/icons/message-square.svg?raw";
import monitor from "lucide-static/icons/monitor.svg?raw";
import moon from "lucide-static/icons/moon.svg?raw";
import pointer from "lucide-static/icons/mouse-pointer-2.svg?raw";
import move from "lucide-static/icons/move.svg?raw";
import vectors from "lucide-static/icons/move-up-right.svg?raw";
import book from "lucide-static/icons/notebook-text.svg?raw";
import bucket from "lucide-static/icons/paint-bucket.svg?raw";
import pause from "lucide-static/icons/pause.svg?raw";
import pencil from "lucide-static/icons/pencil.svg?raw";
import pentagon from "lucide-static/icons/pentagon.svg?raw";
import pipette from "lucide-static/icons/pipette.svg?raw";
import play from "lucide-static/icons/play.svg?raw";
import plus from "lucide-static/icons/plus.svg?raw";
import power from "lucide-static/icons/power.svg?raw";
import redo from "lucide-static/icons/redo-2.svg?raw";
import rotate from "lucide-static/icons/refresh-cw.svg?raw";
import route from "lucide-static/icons/route.svg?raw";
import ruler from "lucide-static/icons/ruler.svg?raw";
import scaling from "lucide-static/icons/scaling.svg?raw";
import scissors from "lucide-static/icons/scissors.svg?raw";
import scroll from "lucide-static/icons/scroll-text.svg?raw";
import search from "lucide-static/icons/search.svg?raw";
import toBack from "lucide-static/icons/send-to-back.svg?raw";
import settings from "lucide-static/icons/settings.svg?raw";
import shapes from "lucide-static/icons/shapes.svg?raw";
import share from "lucide-static/icons/share-2.svg?raw";
import shield from "lucide-static/icons/shield.svg?raw";
import shuffle from "lucide-static/icons/shuffle.svg?raw";
import line from "lucide-static/icons/slash.svg?raw";
import sliders from "lucide-static/icons/sliders-horizontal.svg?raw";
import direct from "lucide-static/icons/spline-pointer.svg?raw";
import square from "lucide-static/icons/square.svg?raw";
import sun from "lucide-static/icons/sun.svg?raw";
import table from "lucide-static/icons/table.svg?raw";
import tags from "lucide-static/icons/tags.svg?raw";
import ticket from "lucide-static/icons/ticket.svg?raw";
import trash from "lucide-static/icons/trash-2.svg?raw";
import triangle from "lucide-static/icons/triangle.svg?raw";
import alert from "lucide-static/icons/triangle-alert.svg?raw";
import type from "lucide-static/icons/type.svg?raw";
import undo from "lucide-static/icons/undo-2.svg?raw";
import unlink from "lucide-static/icons/unlink.svg?raw";
import upload from "lucide-static/icons/upload.svg?raw";
import user from "lucide-static/icons/user.svg?raw";
import userPlus from "lucide-static/icons/user-plus.svg?raw";
import users from "lucide-static/icons/users.svg?raw";
import variable from "lucide-static/icons/variable.svg?raw";
import polyline from "lucide-static/icons/waypoints.svg?raw";
import wifiOff from "lucide-static/icons/wifi-off.svg?raw";
import close from "lucide-static/icons/x.svg?raw";

const ICONS = {
  brain,
  database,
  move,
  scaling,
  brush,
  pentagon,
  bucket,
  pipette,
  pointer,
  direct,
  circle,
  record,
  line,
  spline,
  polyline,
  lasso,
  vertexInsert,
  vertexRemove,
  lock,
  lockOpen,
  unlink,
  shuffle,
  tags,
  table,
  shapes,
  points,
  triangle,
  route,
  vectors,
  toFront,
  toBack,
  activity,
  alert,
  arrowRight,
  scroll,
  ticket,
  userPlus,
  wifiOff,
  files,
  monitor,
  aperture,
  arrowDown,
  arrowLeftRight,
  arrowUp,
  arrowUpDown,
  bell,
  book,
  box,
  camera,
  check,
  chevronDown,
  chevronLeft,
  chevronRight,
  close,
  code,
  command,
  copy,
  cornerLeftUp,
  cpu,
  download,
  eraser,
  expand,
  eye,
  eyeOff,
  fastForward,
  file,
  film,
  folder,
  folderOpen,
  grid,
  help,
  history,
  house,
  image,
  key,
  layers,
  panels,
  link,
  list,
  logOut,
  message,
  moon,
  more,
  pause,
  pencil,
  play,
  plus,
  power,
  redo,
  rotate,
  ruler,
  scissors,
  search,
  settings,
  share,
  shield,
  sliders,
  square,
  sun,
  trash,
  type,
  undo,
  upload,
  user,
  users,
  variable,
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
