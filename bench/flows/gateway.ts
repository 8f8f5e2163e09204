/** A gateway in a process of its own, whose memory is nobody else's: prints where it is, and ends with its standard input. */
import { TestFlows } from "../../gpu-node/src/flows/testing/flows.ts";
import { SERVICE } from "./service.ts";

await using flows = new TestFlows({ bench: SERVICE });
flows.start();
const front = await flows.at("ada");
console.log(JSON.stringify({ url: front.url, home: flows.home }));
for await (const _ of process.stdin);
await front.close();
