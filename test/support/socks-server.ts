import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface SocksServer extends AsyncDisposable {
  readonly port: number;
  /** Where connections were made to, in their order: `127.0.0.1:443`. */
  readonly asked: readonly string[];
}

/** A SOCKS5 proxy (RFC 1928, RFC 1929) for TCP to IPv4 addresses, with a user where one is named. */
export async function socksServer(user?: { readonly name: string; readonly password: string }): Promise<SocksServer> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    return socket.on("close", () => open.delete(socket)).on("error", () => socket.destroy());
  };
  const server = createServer((socket) => {
    keep(socket);
    serve(socket).catch(() => socket.destroy());
  });

  async function serve(client: Socket): Promise<void> {
    const greeting = await chunk(client);
    const way = user === undefined ? 0 : 2;
    if (!greeting.subarray(2).includes(way)) throw new Error("no common way to authenticate");
    client.write(Buffer.of(5, way));
    if (user !== undefined) {
      const said = await chunk(client);
      const nameLength = said[1] ?? 0;
      const name = said.subarray(2, 2 + nameLength).toString();
      const password = said.subarray(3 + nameLength).toString();
      const isRight = name === user.name && password === user.password;
      client.write(Buffer.of(1, isRight ? 0 : 1));
      if (!isRight) throw new Error("wrong password");
    }
    const request = await chunk(client);
    const host = [...request.subarray(4, 8)].join(".");
    const port = request.readUInt16BE(8);
    asked.push(`${host}:${port}`);
    const target = keep(connect(port, host));
    await once(target, "connect");
    client.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    client.pipe(target).pipe(client);
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const chunk = async (socket: Socket): Promise<Buffer> => ((await once(socket, "data")) as [Buffer])[0];
