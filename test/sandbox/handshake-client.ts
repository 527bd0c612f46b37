import { constants, createPublicKey, publicEncrypt, randomBytes } from "node:crypto";
import type { SandboxInfo } from "tg-guarded/testing";
import { igeDecrypt, igeEncrypt } from "../../src/sandbox/mtproto/aes-ige.js";
import { startExchange } from "../../src/sandbox/mtproto/diffie-hellman.js";
import { sha1, sha256, xor } from "../../src/sandbox/mtproto/hashes.js";
import { encode, readObject } from "../../src/sandbox/tl/codec.js";
import { TlReader } from "../../src/sandbox/tl/reader.js";
import type * as Tl from "../../src/sandbox/tl/types.js";
import { RawClient } from "./raw-client.js";

const ZERO_IV = Buffer.alloc(32);
const strip = (bytes: Buffer): Buffer => bytes.subarray(bytes.findIndex((byte) => byte !== 0));

function factorise(pq: Uint8Array): [Buffer, Buffer] {
  const number = Number(BigInt(`0x${Buffer.from(pq).toString("hex")}`));
  let p = 3;
  while (number % p !== 0) p += 2;
  const bytes = (value: number): Buffer => {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32BE(value);
    return strip(buffer);
  };
  return [bytes(p), bytes(number / p)];
}

const raw = (pem: string, block: Buffer): Buffer =>
  publicEncrypt({ key: createPublicKey(pem), padding: constants.RSA_NO_PADDING }, block);

export function rsaPad(pem: string, data: Buffer): Buffer {
  const padded = Buffer.concat([data, randomBytes(192 - data.length)]);
  for (;;) {
    const key = randomBytes(32);
    const hash = sha256(key, padded);
    const encrypted = igeEncrypt(Buffer.concat([Buffer.from(padded).reverse(), hash]), key, ZERO_IV);
    const block = Buffer.concat([xor(key, sha256(encrypted)), encrypted]);
    try {
      return raw(pem, block);
    } catch {
      continue; // above the modulus: another key
    }
  }
}

export function rsaHashed(pem: string, data: Buffer): Buffer {
  const block = Buffer.concat([Buffer.alloc(1), sha1(data), data]);
  return raw(pem, Buffer.concat([block, randomBytes(256 - block.length)]));
}

/** How a handshake goes, and what is wrong with it. */
export interface Variant {
  readonly inner: Tl.TypeP_Q_inner_data["_"];
  readonly pad: (pem: string, data: Buffer) => Buffer;
  readonly ask?: "req_pq" | "req_pq_multi";
  readonly spoil?: Readonly<Record<string, unknown>>;
  readonly clientHalf?: Buffer;
}

/** Makes a key with a sandbox, by hand. */
export async function shake(
  info: SandboxInfo,
  variant: Variant,
): Promise<{ client: RawClient; answer: Tl.TypeSet_client_DH_params_answer }> {
  const client = await RawClient.open(info);
  const nonce = randomBytes(16);
  const newNonce = randomBytes(32);
  const res = (await client.plain({ _: variant.ask ?? "req_pq_multi", ...{ nonce } })) as Tl.resPQ;
  const [p, q] = factorise(res.pq);
  const { server_nonce } = res;
  const public_key_fingerprint = res.server_public_key_fingerprints[0];
  const inner = { nonce, server_nonce, pq: res.pq, p, q, new_nonce: newNonce, dc: 2, expires_in: 86400 };
  const encrypted_data = variant.pad(info.publicKeyPem, encode({ _: variant.inner, ...inner, ...variant.spoil }));
  const ask = { _: "req_DH_params", nonce, server_nonce, p, q, public_key_fingerprint, encrypted_data };
  const params = (await client.plain(ask)) as Tl.server_DH_params_ok;
  const key = Buffer.concat([sha1(newNonce, server_nonce), sha1(server_nonce, newNonce).subarray(0, 12)]);
  const iv = Buffer.concat([
    sha1(server_nonce, newNonce).subarray(12),
    sha1(newNonce, newNonce),
    newNonce.subarray(0, 4),
  ]);
  const plain = igeDecrypt(Buffer.from(params.encrypted_answer), key, iv);
  const server = readObject(new TlReader(plain.subarray(20))) as Tl.server_DH_inner_data;
  const mine = startExchange();
  const half = { _: "client_DH_inner_data", nonce, server_nonce, retry_id: 0n };
  const data = encode({ ...half, g_b: variant.clientHalf ?? mine.publicValue });
  const block = Buffer.concat([sha1(data), data]);
  const padded = Buffer.concat([block, randomBytes((16 - (block.length % 16)) % 16)]);
  const set = { _: "set_client_DH_params", nonce, server_nonce, encrypted_data: igeEncrypt(padded, key, iv) };
  const answer = (await client.plain(set)) as Tl.TypeSet_client_DH_params_answer;
  client.key = mine.agree(Buffer.from(server.g_a)) ?? Buffer.alloc(0);
  client.salt = xor(newNonce.subarray(0, 8), server_nonce.subarray(0, 8)).readBigInt64LE();
  if (answer._ === "dh_gen_ok") {
    const hash = sha1(newNonce, Buffer.of(1), sha1(client.key).subarray(0, 8)).subarray(4);
    if (!hash.equals(answer.new_nonce_hash1)) throw new Error("the server has made another key");
  }
  return { client, answer };
}
