import { MemoryStorage, type IPacketCodec } from "@mtcute/core";
import { TelegramClient } from "@mtcute/core/client.js";
import { addPublicKey } from "@mtcute/core/utils.js";
import type { SandboxInfo } from "tg-guarded/testing";
import { makeMaps } from "./mtcute-maps.js";
import { CLOSED_BY_ITSELF, tcpTransport } from "./mtcute-transport.js";
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

/** What the library says of faults of its own, after which it goes on. Whether they come is chance. */
const OF_ITSELF: readonly string[] = [
  // A connection that idles forgets the ping under way when a request comes, and pings anew; then comes the first one's pong.
  "received pong to unknown ping",
  // It cuts zeros off a new key's front, which one key in 256 has, and takes the hash of the rest; then it makes another key.
  "Step 4: invalid nonce hash from server",
  CLOSED_BY_ITSELF,
];

/** A client of mtcute, which shares no line with GramJS or the sandbox, at the sandbox's layer and with its key. */
export function mtcuteClient(info: SandboxInfo, { codec, usePfs = false, onProblem }: MtcuteManner): TelegramClient {
  addPublicKey(crypto, info.publicKeyPem);
  const tell = (text: string): void => {
    if (!OF_ITSELF.some((known) => text.includes(known))) onProblem(text);
  };
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
        if (level <= 2) tell([tag, format, ...args.map(String)].join(" "));
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
    tell(String(error));
  });
  return client;
}
