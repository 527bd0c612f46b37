import { connect, type Socket } from "node:net";
import {
  IntermediatePacketCodec,
  ObfuscatedPacketCodec,
  PaddedIntermediatePacketCodec,
  type IPacketCodec,
  type ITelegramConnection,
  type TelegramTransport,
} from "@mtcute/core";

/** mtcute's transports. It has neither the full nor the abridged one. */
export const CODECS: Readonly<Record<string, () => IPacketCodec>> = {
  intermediate: () => new IntermediatePacketCodec(),
  "padded intermediate": () => new PaddedIntermediatePacketCodec(),
  "obfuscated intermediate": () => new ObfuscatedPacketCodec(new IntermediatePacketCodec()),
  "obfuscated padded intermediate": () => new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec()),
};

/** What a connection says when mtcute itself has closed it. */
export const CLOSED_BY_ITSELF = "the client has closed the connection";

/** A TCP connection as mtcute wants it: read into a buffer, write, close. */
function wrap(socket: Socket): ITelegramConnection {
  let ended: Error | undefined;
  let wake = (): void => undefined;
  const woken = (): void => {
    wake();
  };
  socket.setNoDelay(true);
  socket.on("readable", woken);
  socket.on("error", () => undefined);
  socket.on("close", () => {
    ended ??= new Error("the server has closed the connection");
    woken();
  });
  return {
    localAddress: null,
    remoteAddress: null,
    read: async (into) => {
      for (;;) {
        const chunk = socket.read(Math.min(into.length, socket.readableLength)) as Buffer | null;
        if (chunk !== null && chunk.length > 0) {
          into.set(chunk);
          return chunk.length;
        }
        if (ended) throw ended;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    write: (bytes) =>
      new Promise<void>((resolve, reject) => {
        socket.write(bytes, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    close: () => {
      ended ??= new Error(CLOSED_BY_ITSELF);
      socket.destroy();
    },
  };
}

export function tcpTransport(makeCodec: () => IPacketCodec): TelegramTransport {
  return {
    connect: ({ ipAddress, port }) =>
      new Promise((resolve, reject) => {
        const socket = connect(port, ipAddress);
        socket.once("connect", () => {
          resolve(wrap(socket));
        });
        socket.once("error", reject);
      }),
    packetCodec: makeCodec,
  };
}
