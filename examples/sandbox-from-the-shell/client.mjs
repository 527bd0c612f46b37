// A GramJS program that talks with a bot, pointed at a sandbox: node client.mjs sandbox.json
import { createHash, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import bigInt from "big-integer";
import { Api, TelegramClient } from "telegram";
import { _serverKeys } from "telegram/crypto/RSA.js";
import { LogLevel, Logger } from "telegram/extensions/Logger.js";
import { ConnectionTCPFull } from "telegram/network/connection/TCPFull.js";
import { StringSession } from "telegram/sessions/index.js";

const info = JSON.parse(readFileSync(process.argv[2] ?? "sandbox.json", "utf8"));

// 1. Trust the sandbox's key in place of Telegram's. A key goes by the last 8 bytes of the SHA-1 of its two numbers.
const { n, e } = createPublicKey(info.publicKeyPem).export({ format: "jwk" });
const tlBytes = (bytes) => {
  const head = bytes.length < 254 ? [bytes.length] : [254, bytes.length & 255, bytes.length >> 8, bytes.length >> 16];
  const padding = (4 - ((head.length + bytes.length) % 4)) % 4;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.alloc(padding)]);
};
const [modulus, exponent] = [Buffer.from(n, "base64url"), Buffer.from(e, "base64url")];
const fingerprint = createHash("sha1").update(tlBytes(modulus)).update(tlBytes(exponent)).digest().readBigInt64LE(12);
_serverKeys.set(String(fingerprint), { n: bigInt(modulus.toString("hex"), 16), e: 65537 });

// 2. Go to the sandbox's port: GramJS would take 443, whatever the session says.
class ToSandbox extends ConnectionTCPFull {
  constructor(options) {
    super({ ...options, ip: info.host, port: info.port });
  }
}

// 3. Everything else is the program as it is. The session is logged in already.
const client = new TelegramClient(new StringSession(info.accounts[0].session), info.apiId, info.apiHash, {
  connection: ToSandbox,
  connectionRetries: 3,
  floodSleepThreshold: 0,
  baseLogger: new Logger(LogLevel.NONE),
});
await client.connect();
const [message] = await client.getMessages("kiosk_bot", { limit: 1 });
console.log(`${message.message} [${message.replyMarkup.rows[0].buttons[0].text}]`);
const answer = await message.click({ i: 0 });
console.log(answer.message);
try {
  await client.sendMessage("kiosk_bot", { message: "With milk" });
} catch (error) {
  if (!(error.seconds > 0)) throw error;
  console.log(`Telegram asks to wait ${error.seconds} seconds`);
}
await client.sendMessage("kiosk_bot", { message: "With milk" });
console.log((await client.invoke(new Api.users.GetUsers({ id: ["me"] })))[0].firstName, "is served");
await client.destroy();
process.exit();
