// Makes src/generated/messages.{js,d.ts} from proto/*.proto. A test runs it into another folder and compares.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const protoFolder = join(here, "../proto");
const out = process.argv[2] ?? join(here, "../src/generated");
const require = createRequire(import.meta.url);
const cli = dirname(require.resolve("protobufjs-cli/package.json"));
const protos = readdirSync(protoFolder)
  .filter((name) => name.endsWith(".proto"))
  .sort()
  .map((name) => join(protoFolder, name));

mkdirSync(out, { recursive: true });
const js = join(out, "messages.js");
const dts = join(out, "messages.d.ts");
const run = (tool, args) =>
  execFileSync(process.execPath, [join(cli, "bin", tool), ...args], {
    stdio: ["ignore", "ignore", "inherit"],
  });
// Options: no verify, service or delimited forms, which nothing uses. 64-bit values are numbers (forceLong absent).
run("pbjs", [
  ...["-t", "static-module", "-w", "es6", "--no-verify", "--no-service", "--no-delimited", "--no-convert"],
  ...["--no-create", "--force-number", "-o", js, ...protos],
]);
run("pbts", ["-o", dts, js]);
// Node's ES loader wants the file's name in the import.
writeFileSync(
  js,
  readFileSync(js, "utf8").replace(/from "protobufjs\/minimal"/, 'from "protobufjs/minimal.js"'),
);
