import { randomBytes } from "node:crypto";
import type { Device } from "./device.js";

const LIFE_MS = 60_000;

interface Pass {
  readonly device: Device;
  readonly dcId: number;
  readonly bytes: Buffer;
  readonly expiresAt: number;
}

/** Authorizations on their way from one data centre to another: auth.exportAuthorization. Each is good once. */
export class Passes {
  #issued: Pass[] = [];

  issue(device: Device, dcId: number, now: number): Buffer {
    const bytes = randomBytes(128);
    this.#issued = this.#issued.filter(({ expiresAt }) => expiresAt > now);
    this.#issued.push({ device, dcId, bytes, expiresAt: now + LIFE_MS });
    return bytes;
  }

  take(bytes: Uint8Array, dcId: number, now: number): Device | undefined {
    const found = this.#issued.find((pass) => pass.dcId === dcId && pass.expiresAt > now && pass.bytes.equals(bytes));
    this.#issued = this.#issued.filter((pass) => pass !== found);
    return found?.device;
  }
}
