/** Where a data centre listens. */
export interface DataCenter {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** A Telegram server: its data centres, and the key it must prove to have. */
export interface TelegramServer {
  readonly dcs: readonly DataCenter[];
  /** An RSA public key in PEM (PKCS#1) to trust beside Telegram's own: that of a sandbox. */
  readonly publicKeyPem?: string;
}

/**
 * The production data centres, as help.getConfig lists them; their addresses have been stable for years.
 *
 * @example
 * ```ts
 * import { PRODUCTION } from "tg-guarded";
 *
 * for (const { id, host, port } of PRODUCTION.dcs) console.log(id, `${host}:${port}`);
 * ```
 */
export const PRODUCTION: TelegramServer = {
  dcs: [
    { id: 1, host: "149.154.175.53", port: 443 },
    { id: 2, host: "149.154.167.51", port: 443 },
    { id: 3, host: "149.154.175.100", port: 443 },
    { id: 4, host: "149.154.167.91", port: 443 },
    { id: 5, host: "91.108.56.130", port: 443 },
  ],
};
