/** Gives the engine's GPU tests a device without the engine knowing Node: see engine/src/testing/device.ts. */
import { openGpu } from "./open.ts";

Object.assign(globalThis, { eyepieceOpenGpu: openGpu });
