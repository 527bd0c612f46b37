import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { QrRequest } from "tg-guarded";
import { manualClock, startSandbox, type Sandbox } from "tg-guarded/testing";
import { accountOf, enter, ownerOf, reasonOf } from "./desk.js";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ dcs: 3 });
});
afterEach(() => sandbox.close());

describe("A login by QR code", () => {
  it("ends as soon as the picture is scanned by a device of the account", async () => {
    const shown: QrRequest[] = [];
    const qr = (about: QrRequest) => {
      shown.push(about);
      sandbox.world.acceptQr(about.url, accountOf(sandbox).id);
    };
    const entered = await enter(sandbox, { way: "qr", prompts: { qr } });
    expect(shown).toHaveLength(1);
    expect(shown[0]?.url).toMatch(/^tg:\/\/login\?token=[\w-]+$/);
    expect(await ownerOf(sandbox, entered)).toBe(accountOf(sandbox).username);
  });

  it("goes to the data centre of whoever scanned it, and asks for the password where there is one", async () => {
    const second = accountOf(sandbox, 1);
    const prompts = {
      qr: ({ url }: QrRequest) => {
        sandbox.world.acceptQr(url, second.id);
      },
      password: () => Promise.resolve(second.password ?? ""),
    };
    expect(await ownerOf(sandbox, await enter(sandbox, { way: "qr", prompts }))).toBe(second.username);
    expect(sandbox.log.map(({ method }) => method)).toContain("auth.importLoginToken");
  });

  it("shows a new picture when nobody scans, and gives up after a while", async () => {
    const clock = manualClock();
    const shown: QrRequest[] = [];
    const login = reasonOf(
      enter(sandbox, {
        way: "qr",
        clock,
        prompts: {
          qr: (about) => {
            shown.push(about);
            setImmediate(() => {
              clock.advance(60_000).catch(() => undefined);
            });
          },
        },
      }),
    );
    expect(await login).toBe("qr_expired");
    expect(shown).toHaveLength(10);
  });
});
