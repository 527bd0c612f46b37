import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { ask, codeHash, made, MIRA, outcome, sendCode, stranger, TOMAS } from "./login-desk.js";
import type { RawClient } from "./raw-client.js";

describe("a login goes wrong", () => {
  let sandbox: Sandbox;
  let client: RawClient;
  let clock: number;

  beforeEach(async () => {
    clock = Date.now();
    sandbox = await startSandbox({ now: () => clock });
    client = await stranger(sandbox.info);
    client.clock = () => clock;
  });

  afterEach(async () => {
    client.close();
    await sandbox.close();
    expect(sandbox.problems).toEqual([]);
  });

  const signIn = (phone_number: string, phone_code_hash: string, phone_code?: string) =>
    outcome(client, "auth.signIn", { phone_number, phone_code_hash, phone_code });

  it("before a code is sent", async () => {
    const { info, world } = sandbox;
    const asked = (phone: string, more = {}) => outcome(client, "auth.sendCode", { ...sendCode(info, phone), ...more });
    expect(await asked("12")).toBe("PHONE_NUMBER_INVALID");
    expect(await asked("call me")).toBe("PHONE_NUMBER_INVALID");
    expect(await asked(MIRA, { api_id: 0 })).toBe("API_ID_INVALID");
    expect(await asked(MIRA, { api_hash: "f".repeat(32) })).toBe("API_ID_INVALID");
    expect(await asked(MIRA, { api_id: 77, api_hash: "f".repeat(32) })).toBe("ok");
    world.changeLogin(TOMAS.replaceAll(" ", ""), { phoneRefused: "PHONE_NUMBER_FLOOD" });
    expect(await asked(TOMAS)).toBe("PHONE_NUMBER_FLOOD");
    world.deactivate("9996625678", { banned: true });
    expect(await asked(TOMAS)).toBe("PHONE_NUMBER_BANNED");
  });

  it("at the code", async () => {
    const hash = await codeHash(client, sandbox.info, MIRA);
    expect(await signIn(MIRA, "", "22222")).toBe("PHONE_CODE_HASH_EMPTY");
    expect(await signIn(MIRA, hash)).toBe("PHONE_CODE_EMPTY");
    expect(await signIn(MIRA, hash, "")).toBe("PHONE_CODE_EMPTY");
    expect(await signIn(MIRA, hash, "12345")).toBe("PHONE_CODE_INVALID");
    expect(await signIn(MIRA, "abc", "22222")).toBe("PHONE_CODE_EXPIRED");
    expect(await signIn(TOMAS, hash, "22222")).toBe("PHONE_CODE_EXPIRED");
    expect(await outcome(client, "updates.getState")).toBe("AUTH_KEY_UNREGISTERED");
    expect(await outcome(client, "auth.cancelCode", { phone_number: MIRA, phone_code_hash: hash })).toBe("ok");
    expect(await signIn(MIRA, hash, "22222")).toBe("PHONE_CODE_EXPIRED");
  });

  it("when the code has waited too long by the server's clock", async () => {
    const hash = await codeHash(client, sandbox.info, MIRA);
    clock += 299_000;
    expect(await signIn(MIRA, hash, "11111")).toBe("PHONE_CODE_INVALID");
    clock += 1_000;
    expect(await signIn(MIRA, hash, "22222")).toBe("PHONE_CODE_EXPIRED");
  });

  it("after too many wrong codes, even with the right one, until the time is over", async () => {
    const hash = await codeHash(client, sandbox.info, MIRA);
    for (let n = 0; n < 5; n++) expect(await signIn(MIRA, hash, `1111${n}`)).toBe("PHONE_CODE_INVALID");
    clock += 100_000;
    expect(await signIn(MIRA, hash, "22222")).toBe("FLOOD_WAIT_200");
    clock += 200_000;
    expect(await signIn(MIRA, await codeHash(client, sandbox.info, MIRA), "22222")).toBe("ok");
  });

  it("after too many codes were asked for", async () => {
    for (let n = 0; n < 10; n++) await codeHash(client, sandbox.info, MIRA);
    expect(await outcome(client, "auth.sendCode", sendCode(sandbox.info, MIRA))).toBe("FLOOD_WAIT_3600");
    expect(await outcome(client, "auth.sendCode", sendCode(sandbox.info, TOMAS))).toBe("ok");
  });

  it("for a number that nobody has registered", async () => {
    const hash = await codeHash(client, sandbox.info, "+47 900 00 000");
    const fields = { phone_number: "4790000000", phone_code_hash: hash, phone_code: "22222" };
    expect((await ask(client, "auth.signIn", fields)).value["_"]).toBe("auth.authorizationSignUpRequired");
    sandbox.world.deactivate("mira_halvorsen");
    const free = await codeHash(client, sandbox.info, MIRA);
    const answer = await ask(client, "auth.signIn", { phone_number: MIRA, phone_code_hash: free, phone_code: "22222" });
    expect(answer.value["_"]).toBe("auth.authorizationSignUpRequired");
  });

  it("at becoming somebody", async () => {
    const phone = "4790000000";
    const phone_code_hash = await codeHash(client, sandbox.info, phone);
    const signUp = (first_name: string, last_name = "", phone_number = phone) =>
      outcome(client, "auth.signUp", { phone_number, phone_code_hash, first_name, last_name });
    expect(await signUp("Nils")).toBe("PHONE_CODE_EMPTY");
    await signIn(phone, phone_code_hash, "22222");
    expect(await signUp("Nils", "", MIRA)).toBe("PHONE_NUMBER_OCCUPIED");
    expect(await signUp(" ")).toBe("FIRSTNAME_INVALID");
    expect(await signUp("Nils", "x".repeat(65))).toBe("LASTNAME_INVALID");
    expect(await signUp("Nils")).toBe("ok");
    expect(await outcome(client, "updates.getState")).toBe("ok");
  });

  it("between code and password nothing else is answered", async () => {
    const hash = await codeHash(client, sandbox.info, TOMAS);
    expect(await outcome(client, "account.getPassword")).toBe("AUTH_KEY_UNREGISTERED");
    expect(await signIn(TOMAS, hash, "22222")).toBe("SESSION_PASSWORD_NEEDED");
    expect(await outcome(client, "updates.getState")).toBe("SESSION_PASSWORD_NEEDED");
    expect(await outcome(client, "help.getConfig")).toBe("ok");
    expect((await ask(client, "account.getPassword")).value).toMatchObject({
      hint: "Where we met",
      has_recovery: true,
    });
  });

  it("at the password", async () => {
    await signIn(TOMAS, await codeHash(client, sandbox.info, TOMAS), "22222");
    const check = async (fields: Record<string, unknown>) => {
      const { srp_id } = (await ask(client, "account.getPassword")).value;
      const password = made("inputCheckPasswordSRP", {
        srp_id,
        A: Buffer.alloc(256, 9),
        M1: Buffer.alloc(32),
        ...fields,
      });
      return outcome(client, "auth.checkPassword", { password });
    };
    const empty = { password: made("inputCheckPasswordEmpty") };
    expect(await check({ srp_id: 1n })).toBe("SRP_ID_INVALID");
    expect(await check({ A: Buffer.alloc(256) })).toBe("SRP_A_INVALID");
    expect(await check({ A: Buffer.alloc(256, 255) })).toBe("SRP_A_INVALID");
    expect(await outcome(client, "auth.checkPassword", empty)).toBe("PASSWORD_HASH_INVALID");
    for (let n = 0; n < 4; n++) expect(await check({})).toBe("PASSWORD_HASH_INVALID");
    expect(await check({})).toBe("FLOOD_WAIT_300");
    clock += 300_000;
    const { srp_id } = (await ask(client, "account.getPassword")).value;
    sandbox.world.changeLogin("9996625678", { password: "harbour" });
    expect(await check({ srp_id })).toBe("SRP_PASSWORD_CHANGED");
    expect(await check({ srp_id })).toBe("SRP_ID_INVALID");
  });

  it("a forgotten password is taken away by a code in the mail", async () => {
    await signIn(TOMAS, await codeHash(client, sandbox.info, TOMAS), "22222");
    const mail = await ask(client, "auth.requestPasswordRecovery");
    expect(mail.value["email_pattern"]).toBe("t***s@quayside.example");
    expect(await outcome(client, "auth.checkRecoveryPassword", { code: "1" })).toBe("CODE_INVALID");
    expect(await outcome(client, "auth.checkRecoveryPassword", { code: "22222" })).toBe("ok");
    expect(await outcome(client, "auth.recoverPassword", { code: "22222" })).toBe("ok");
    expect(await outcome(client, "updates.getState")).toBe("ok");
    expect(sandbox.world.accounts[1]?.password).toBeUndefined();
  });

  it("sends codes in the ways that the account has and the client can take", async () => {
    const { info, world } = sandbox;
    const sent = async (settings = {}) => (await ask(client, "auth.sendCode", sendCode(info, MIRA, settings))).value;
    // The only device of the account has logged out.
    expect(await sent()).toMatchObject({
      type: { _: "auth.sentCodeTypeSms", length: 5 },
      next_type: { _: "auth.codeTypeCall" },
      timeout: 60,
    });
    world.changeLogin("mira_halvorsen", { codeWays: ["email", "missed-call", "flash-call"] });
    const email = await sent();
    expect(email).toMatchObject({
      type: { _: "auth.sentCodeTypeEmailCode", email_pattern: "m***a@tidewater.example" },
    });
    expect(email).not.toHaveProperty("next_type");
    const all = await sent({ allow_flashcall: true, allow_missed_call: true });
    expect(all).toMatchObject({ next_type: { _: "auth.codeTypeMissedCall" } });
    const again = { phone_number: MIRA, phone_code_hash: all["phone_code_hash"] };
    const missed = await ask(client, "auth.resendCode", again);
    expect(missed.value).toMatchObject({
      type: { prefix: "888", length: 5 },
      next_type: { _: "auth.codeTypeFlashCall" },
    });
    expect((await ask(client, "auth.resendCode", again)).value).toMatchObject({ type: { pattern: "888*****" } });
    expect(await signIn(MIRA, String(all["phone_code_hash"]), "22222")).toBe("PHONE_CODE_INVALID");
    expect(await signIn(MIRA, String(all["phone_code_hash"]), "88822222")).toBe("ok");
  });

  it("takes a code that came by mail", async () => {
    sandbox.world.changeLogin("mira_halvorsen", { codeWays: ["email"] });
    const phone_code_hash = await codeHash(client, sandbox.info, MIRA);
    const withCode = (code: string) => ({
      phone_number: MIRA,
      phone_code_hash,
      email_verification: made("emailVerificationCode", { code }),
    });
    expect(await outcome(client, "auth.signIn", withCode("1"))).toBe("PHONE_CODE_INVALID");
    expect(await outcome(client, "auth.signIn", withCode("22222"))).toBe("ok");
  });
});
