import type { Finding } from "./finding.js";
import type { ConfiguredServer } from "./mcp-config.js";

/** What starting a configured server and talking to it has shown. */
export interface ProbeResult {
  /** Told after the findings about its configuration. What one of those said already is left out, and so are secrets. */
  readonly findings: readonly Finding[];
  /**
   * Whole lines that it wrote on its standard error, the last ones, oldest first. They are shown without secrets, shortened,
   * and without what was said already. Give them where something went wrong.
   */
  readonly lastWords?: readonly string[];
}

/**
 * Starts a configured server, talks to it, and ends it for sure. It keeps a deadline of its own.
 *
 * @param server with its variables put in: what stood as `${NAME}` is its value
 */
export type Probe = (server: ConfiguredServer) => Promise<ProbeResult>;
