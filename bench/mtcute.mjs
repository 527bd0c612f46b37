// A client of mtcute, which shares no line with GramJS, at the sandbox's layer.
import { IntermediatePacketCodec, MemoryStorage } from "@mtcute/core";
import { TelegramClient } from "@mtcute/core/client.js";
import { addPublicKey } from "@mtcute/core/utils.js";
import { igeDecrypt, igeEncrypt } from "../src/sandbox/mtproto/aes-ige.ts";
import { makeMaps } from "../test/sandbox/clients/mtcute-maps.ts";
import { tcpTransport } from "../test/sandbox/clients/mtcute-transport.ts";
import { NodeCrypto } from "../test/sandbox/clients/node-crypto.ts";
import { makeReaders } from "./mtcute-readers.mjs";

/** mtcute brings AES-IGE as WebAssembly in a package of its own. In its place: the fastest that there is here. */
class FastCrypto extends NodeCrypto {
  createAesIge(...secrets) {
    const [key, iv] = secrets.map((bytes) => Buffer.from(bytes));
    return {
      encrypt: (data) => igeEncrypt(Buffer.from(data.buffer, data.byteOffset, data.length), key, iv),
      decrypt: (data) => igeDecrypt(Buffer.from(data.buffer, data.byteOffset, data.length), key, iv),
    };
  }
}

/** Logged in, connected to a sandbox. */
export async function connectMtcute({ host, port, dcId, layer, publicKeyPem, apiId, apiHash, accounts }) {
  const crypto = new FastCrypto();
  addPublicKey(crypto, publicKeyPem);
  const main = { id: dcId, ipAddress: host, port };
  const { readerMap, writerMap } = makeMaps();
  const client = new TelegramClient({
    apiId,
    apiHash,
    storage: new MemoryStorage(),
    crypto,
    platform: {
      beforeExit: () => () => undefined,
      log: () => undefined,
      getDefaultLogLevel: () => 0,
      getDeviceModel: () => "bench",
    },
    transport: tcpTransport(() => new IntermediatePacketCodec()),
    defaultDcs: { main, media: { ...main, mediaOnly: true } },
    network: { usePfs: false, floodControl: false },
    overrideLayer: layer,
    readerMap: { ...readerMap, ...makeReaders() },
    writerMap,
  });
  const [{ phone, code, password = "" }] = accounts;
  await client.start({ phone, code: () => code, password: () => password, codeSentCallback: () => undefined });
  return client;
}

/** All messages of a chat, newest first, a page at a time. */
export async function* historyPages(client, chat) {
  const peer = await client.resolvePeer(chat);
  const rest = { offsetDate: 0, addOffset: 0, limit: 100, maxId: 0, minId: 0, hash: 0 };
  for (let offsetId = 0; ;) {
    const { messages } = await client.call({ _: "messages.getHistory", peer, offsetId, ...rest });
    if (messages.length === 0) return;
    yield messages;
    offsetId = messages.at(-1).id;
  }
}
