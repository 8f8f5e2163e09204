/** Height of a viewer in a cell until somebody drags it, in CSS pixels. */
export const VIEWER_HEIGHT = 420;
