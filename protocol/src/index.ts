/** The wire contract: everything that two of Eyepiece's processes say to each other. */
export * from "./rights.ts";
export * from "./scene/schema.ts";
export * from "./viewer/frame.ts";
export * from "./viewer/pose.ts";
export * from "./wire/channel.ts";
export * from "./wire/errors.ts";
export * from "./wire/header.ts";
export * from "./wire/link.ts";
export * from "./wire/messages.ts";
export * from "./wire/reliable.ts";
export * from "./wire/transport.ts";
export * from "./wire/version.ts";
