import { createServer, type Server, type Socket } from "node:net";
import { SandboxError } from "./error.js";
import { Connection } from "./mtproto/connection.js";
import type { Endpoint } from "./mtproto/endpoint.js";

export const HOST = "127.0.0.1";

/** One data centre: a port of the loopback interface, and the connections to it. */
export class DataCentre {
  private readonly sockets = new Map<Socket, Connection>();
  private readonly listener: Server;

  /** @param nextConnection numbers connections, of all data centres together */
  constructor(
    private readonly endpoint: Endpoint,
    nextConnection: () => number,
  ) {
    this.listener = createServer((socket) => {
      this.sockets.set(socket, new Connection(nextConnection(), socket, this.endpoint));
      socket.once("close", () => this.sockets.delete(socket));
    });
  }

  get id(): number {
    return this.endpoint.dcId;
  }

  get connections(): number {
    return this.sockets.size;
  }

  /** Opens the port, or a free one for 0, and returns it. @throws SandboxError */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.listener.once("error", (error: NodeJS.ErrnoException) => {
        reject(explain(error, port));
      });
      this.listener.listen(port, HOST, () => {
        const address = this.listener.address();
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  }

  dropConnections(): void {
    for (const connection of this.sockets.values()) connection.destroy();
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.listener.close(() => {
        resolve();
      });
    });
    this.dropConnections();
    await closed;
  }
}

function explain(error: NodeJS.ErrnoException, port: number): SandboxError {
  const inUse = error.code === "EADDRINUSE";
  const message = inUse ? `port ${port} of ${HOST} is in use` : `cannot listen on ${HOST}:${port}: ${error.message}`;
  const nextStep = "Choose another port, or port 0 for any that is free.";
  return new SandboxError(inUse ? "port_in_use" : "cannot_listen", message, nextStep, { cause: error });
}
