/** The conversations of a browser, in its IndexedDB. */
import { expect } from "chai";
import { localStore } from "../documents/local-store.ts";
import { newConversation, withTurn } from "./conversation.ts";
import { Conversations } from "./conversations.ts";

describe("conversations", () => {
  it("open with the last one, also where one would begin before it is read", async () => {
    const kept = withTurn(newConversation("ada", ["tiny"]), "Good evening");
    await localStore.keepConversation(kept);
    const opened = new Conversations();
    const reading = opened.begin("ada", (cause) => expect.fail(String(cause)));
    // The node's models are known already.
    opened.start(["tiny"]);
    expect(opened.read.value).to.equal(false);
    await reading;
    expect(opened.read.value).to.equal(true);
    expect(opened.current?.id).to.equal(kept.id);
    opened.start(["tiny"]);
    expect(opened.current?.id).not.to.equal(kept.id);
    // Another person of this browser has none of them.
    await opened.begin("bert", (cause) => expect.fail(String(cause)));
    expect(opened.all.value).to.deep.equal([]);
    await localStore.forgetConversation(kept.id);
  });
});
