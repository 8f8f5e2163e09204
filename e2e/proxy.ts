/** A network between browser and relay that the test controls: a TCP proxy on loopback that can stall and throttle. */
import { connect, createServer, type Socket } from "node:net";

export interface Network {
  readonly port: number;
  /** Nothing passes, in either direction, and no connection closes. */
  stall(stalled: boolean): void;
  /** Bytes per second from the server to the client; Infinity for all. */
  rate(bytesPerSecond: number): void;
  close(): Promise<void>;
}

const TICK_MS = 10;

/** Starts a proxy to a port of this machine. */
export async function network(target: number): Promise<Network> {
  let stalled = false;
  let rate = Number.POSITIVE_INFINITY;
  const pairs = new Set<[Socket, Socket]>();
  let credit = 0;
  const timer = setInterval(() => {
    credit = Math.min(
      credit + (rate * TICK_MS) / 1000,
      rate === Number.POSITIVE_INFINITY ? Infinity : rate / 10,
    );
    for (const [client, server] of pairs) {
      if (stalled) continue;
      const up: unknown = client.read();
      if (Buffer.isBuffer(up)) server.write(up);
      const wanted = Math.min(
        server.readableLength,
        credit === Infinity ? server.readableLength : Math.floor(credit),
      );
      const down: unknown = wanted > 0 ? server.read(wanted) : null;
      if (Buffer.isBuffer(down)) {
        if (credit !== Infinity) credit -= down.byteLength;
        client.write(down);
      }
    }
  }, TICK_MS);
  const server = createServer({ pauseOnConnect: true }, (client) => {
    const upstream = connect(target, "127.0.0.1");
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    // Reading starts with the first read(); a small buffer makes the throttle reach the sender.
    client.on("readable", () => {});
    upstream.on("readable", () => {});
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of pair) {
      socket.on("error", end);
      socket.on("close", end);
      socket.setNoDelay(true);
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    stall: (value) => {
      stalled = value;
    },
    rate: (bytesPerSecond) => {
      rate = bytesPerSecond;
      credit = bytesPerSecond === Number.POSITIVE_INFINITY ? Infinity : 0;
    },
    close: async () => {
      clearInterval(timer);
      for (const [a, b] of pairs) {
        a.destroy();
        b.destroy();
      }
      await new Promise((done) => server.close(done));
    },
  };
}
