/** Flows of a test at an address on the loopback, in one person's name: for clients that want to reach a server by themselves. */
import { createServer, request } from "node:http";
import type { Duplex } from "node:stream";

/** Where it is; close it when the test is over. */
export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

/** Opens it. @param identity headers that say who calls */
export async function frontOf(
  connect: () => Duplex,
  identity: Readonly<Record<string, string>>,
): Promise<Front> {
  const server = createServer((asked, answer) => {
    const { method, url: path, headers } = asked;
    const inner = request(
      { ...{ host: "flows", method, path, createConnection: connect }, headers: { ...headers, ...identity } },
      (told) => {
        answer.writeHead(told.statusCode ?? 502, told.headers);
        told.pipe(answer);
      },
    );
    inner.on("error", () => answer.destroy());
    answer.on("close", () => inner.destroy());
    asked.pipe(inner);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
