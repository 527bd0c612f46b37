import { MemoryStorage, type IPacketCodec } from "@mtcute/core";
import { TelegramClient } from "@mtcute/core/client.js";
import { addPublicKey } from "@mtcute/core/utils.js";
import type { SandboxInfo } from "tg-guarded/testing";
import { makeMaps } from "./mtcute-maps.js";
import { tcpTransport } from "./mtcute-transport.js";
import { NodeCrypto } from "./node-crypto.js";

const crypto = new NodeCrypto();
const maps = makeMaps();

export interface MtcuteManner {
  readonly codec: () => IPacketCodec;
  /** Temporary keys, bound to the permanent one: perfect forward secrecy. */
  readonly usePfs?: boolean;
  /** Told of what the library finds wrong. */
  readonly onProblem: (text: string) => void;
}

/**
 * A connection that idles forgets the ping under way when a request comes, and pings anew; it then warns of the first one's
 * pong. Whether that comes in time is chance.
 */
const PONG_TO_FORGOTTEN = "received pong to unknown ping";

/** A client of mtcute, which shares no line with GramJS or the sandbox, at the sandbox's layer and with its key. */
export function mtcuteClient(info: SandboxInfo, { codec, usePfs = false, onProblem }: MtcuteManner): TelegramClient {
  addPublicKey(crypto, info.publicKeyPem);
  const main = { id: info.dcId, ipAddress: info.host, port: info.port };
  const client = new TelegramClient({
    apiId: info.apiId,
    apiHash: info.apiHash,
    storage: new MemoryStorage(),
    crypto,
    platform: {
      beforeExit: () => () => undefined,
      log: (_color, level, tag, format, args) => {
        // 1 is an error, 2 a warning
        const text = [tag, format, ...args.map(String)].join(" ");
        if (level <= 2 && !text.includes(PONG_TO_FORGOTTEN)) onProblem(text);
      },
      getDefaultLogLevel: () => 2,
      getDeviceModel: () => "test",
    },
    transport: tcpTransport(codec),
    defaultDcs: { main, media: { ...main, mediaOnly: true } },
    network: { usePfs, floodControl: false },
    overrideLayer: info.layer,
    ...maps,
  });
  client.onError.add((error) => {
    onProblem(String(error));
  });
  return client;
}
