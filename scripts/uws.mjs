// Makes uWebSockets.js ready on this machine, and says so: relinks its binary where glibc is older than 2.38.
// The relay does the same when it starts; as a command it shows early what is wrong. Needs Node 24 (type stripping).
import { loadUws } from "../relay/src/uws/load.ts";

const uws = loadUws();
if (typeof uws.App !== "function") throw new Error("uWebSockets.js loaded, but has no App.");
console.log(`uWebSockets.js loads (Node ${process.versions.node}, ${process.platform} ${process.arch}).`);
