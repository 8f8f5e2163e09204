/** For an element that is one section of a page. */
import { css } from "lit";

export const sectionStyles = css`
  :host {
    max-width: none !important;
    margin: 32px 0 0 !important;
    padding: 0 !important;
  }
`;
