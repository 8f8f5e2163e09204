/** The door to what controls are made of. */
export * from "./image.ts";
export * from "./panel.ts";
