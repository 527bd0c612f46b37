import { Socket } from "node:net";
import { PromisedNetSockets } from "telegram/extensions/index.js";

/** GramJS's socket without Nagle's delay, which costs 40 ms after every small packet. */
export class NoDelaySocket extends PromisedNetSockets {
  override async connect(port: number, ip: string): Promise<unknown> {
    await super.connect(port, ip);
    const socket: unknown = this["client"];
    if (socket instanceof Socket) socket.setNoDelay(true);
    return this;
  }
}
