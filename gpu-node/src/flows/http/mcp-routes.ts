/** `/mcp`: flows as tools of the Model Context Protocol, over streamable HTTP. */
import { createMcpHandler } from "@modelcontextprotocol/server";
import { type ToolRoom, toolServer } from "../mcp/tools.ts";
import { type FlowsRoutes, MAX_BODY } from "./router.ts";

/** A line that is silent for long is taken for broken on its way. */
const ALIVE_MS = 3000;

/** The routes. Each request stands alone: there are no sessions to lose, and clients of both ages of the protocol are answered. */
export function mcpRoutes(room: ToolRoom): FlowsRoutes {
  return (router) => {
    router.all("/mcp", (c) => {
      const person = c.get("person");
      const handler = createMcpHandler(({ era }) => toolServer(room, person, era === "legacy"), {
        ...{ keepAliveMs: ALIVE_MS, maxRequestBodySize: MAX_BODY },
      });
      return handler.fetch(c.req.raw);
    });
  };
}
