import { TelegramClient } from "telegram";
import { PromisedNetSockets } from "telegram/extensions/index.js";
import { Logger, LogLevel } from "telegram/extensions/Logger.js";
import { ConnectionTCPFull } from "telegram/network/connection/TCPFull.js";
import { StringSession } from "telegram/sessions/index.js";

class NoDelaySocket extends PromisedNetSockets {
  async connect(port, ip) {
    await super.connect(port, ip);
    this.client.setNoDelay(true);
    return this;
  }
}

/** GramJS as it comes, connected to a sandbox; with `noDelay` its packets leave at once. */
export async function connectGramJs({ host, port, apiId, apiHash, accounts }, { noDelay }) {
  // The port of the session is not used: a connection goes where this says.
  class SandboxConnection extends ConnectionTCPFull {
    constructor(options) {
      super({ ...options, ip: host, port });
    }
  }
  const client = new TelegramClient(new StringSession(accounts[0].session), apiId, apiHash, {
    connection: SandboxConnection,
    ...(noDelay ? { networkSocket: NoDelaySocket } : {}),
    connectionRetries: 3,
    baseLogger: new Logger(LogLevel.NONE),
  });
  await client.connect();
  return client;
}
