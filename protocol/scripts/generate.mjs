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
const importLine = /^import \$protobuf from "protobufjs\/minimal(?:\.js)?";$/m;
const made = readFileSync(js, "utf8");
if (!importLine.test(made)) throw new Error("the generated code does not begin as expected");
writeFileSync(
  js,
  // Node's ES loader wants the file's name in the import. 64-bit fields are read as numbers, as the types say: with the
  // Long class present they would be objects, which add and compare wrongly.
  made.replace(
    importLine,
    'import $protobuf from "protobufjs/minimal.js";\n$protobuf.util.Long = undefined;\n$protobuf.configure();',
  ),
);
