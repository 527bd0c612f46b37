import { constants, createPublicKey, publicEncrypt, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createServerKey } from "../../src/sandbox/mtproto/server-key.js";
import { quickRsaKey } from "../../src/sandbox/mtproto/quick-rsa.js";
import { sha1 } from "../../src/sandbox/mtproto/hashes.js";

describe("The key of a server", () => {
  it("has 2048 bits, opens what its public half has closed, and is another one each time", async () => {
    const moduli = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const key = createPublicKey(await quickRsaKey());
      const { n = "", e } = key.export({ format: "jwk" });
      expect([key.asymmetricKeyDetails?.modulusLength, e]).toEqual([2048, "AQAB"]);
      moduli.add(n);
    }
    expect(moduli.size).toBe(20);
  });

  it("opens the form that hashes its data, as OpenSSL closes it", async () => {
    const { open, publicKeyPem } = await createServerKey();
    const data = randomBytes(100);
    const block = Buffer.concat([Buffer.alloc(1), sha1(data), data, randomBytes(135)]);
    const opened = open(publicEncrypt({ key: publicKeyPem, padding: constants.RSA_NO_PADDING }, block));
    expect(opened?.data.subarray(0, 100)).toEqual(data);
    expect([opened?.fits(100), opened?.fits(99)]).toEqual([true, false]);
  });
});
