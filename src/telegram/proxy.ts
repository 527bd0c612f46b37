import { GuardError } from "../errors.js";
import type { Redacted } from "../redacted.js";

/** A SOCKS5 proxy that all connections go through. */
export interface Proxy {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
}

const USUAL_PORT = 1080;

/** Reads `socks5://[user:password@]host[:port]`. The address never shows in an error: it may hold a password. */
export function parseProxy(url: Redacted<string>): Redacted<Proxy> {
  return url.map((text) => {
    const parsed = URL.canParse(text) ? new URL(text) : undefined;
    if (parsed === undefined || !/^socks5h?:$/.test(parsed.protocol) || parsed.hostname === "") throw invalid();
    const { hostname, port } = parsed;
    const [username, password] = [parsed.username, parsed.password].map(decoded);
    return {
      // An IPv6 address stands in brackets there.
      host: hostname.replace(/^\[|\]$/g, ""),
      port: port === "" ? USUAL_PORT : Number(port),
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
    };
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid();
  }
}

const invalid = (): GuardError<"input_invalid"> =>
  new GuardError("input_invalid", "The proxy must look like socks5://user:password@host:port.", {
    details: { path: "proxy" },
    nextStep: "Correct the option proxy or PROXY_URL; user and password may be left out.",
  });
