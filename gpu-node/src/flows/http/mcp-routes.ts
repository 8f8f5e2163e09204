/** `/mcp`: flows as tools of the Model Context Protocol, over streamable HTTP. */
import type { ToolRoom } from "../mcp/tools.ts";
import { type FlowsRoutes, MAX_BODY } from "./router.ts";

/** A line that is silent for long is taken for broken on its way. */
const ALIVE_MS = 3000;

/** The routes. Each request stands alone: there are no sessions to lose, and clients of both ages of the protocol are answered. */
export function mcpRoutes(room: ToolRoom): FlowsRoutes {
  return (router) => {
    router.all("/mcp", async (c) => {
      const person = c.get("person");
      // The protocol's library takes 16 MB of memory: only of a node whose flows somebody uses as tools.
      const [{ createMcpHandler }, { toolServer }] = await Promise.all([
        import("@modelcontextprotocol/server"),
        import("../mcp/tools.ts"),
      ]);
      const handler = createMcpHandler(({ era }) => toolServer(room, person, era === "legacy"), {
        ...{ keepAliveMs: ALIVE_MS, maxRequestBodySize: MAX_BODY },
      });
      return handler.fetch(c.req.raw);
    });
  };
}
