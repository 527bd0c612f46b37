import { examineEnv } from "./examine-env.js";
import { examineServers } from "./examine-servers.js";
import { faultOf, type Finding } from "./finding.js";
import { examineNode } from "./node-version.js";
import { assertNoPipes } from "./pipes.js";
import type { Probe } from "./probe.js";
import { findSettings } from "./settings.js";
import { voiceFor } from "./voice.js";

/** What the doctor looks at. */
export interface DoctorOptions {
  /** A file that configures servers, `.mcp.json` or Codex's `config.toml`: each is examined with its own variables. */
  readonly config?: string;
  /** Telegram is not asked. @defaultValue false */
  readonly offline?: boolean;
  /** How long anything that is looked at may take, in milliseconds. @defaultValue 15_000 */
  readonly timeoutMs?: number;
  /**
   * Starts each server of `config` once its configuration was examined, whatever was found in it, and tells how it answers.
   * `tg-guarded doctor` brings one that speaks MCP; without one no server is started.
   */
  readonly probe?: Probe;
}

/**
 * Looks at everything that a program needs which takes its options from the TG_* variables, and tells each thing as it is
 * found. Whatever is broken is a finding, never an error; no secret is in any. Two or three requests go to
 * Telegram, through the guards as all do. Permissions that are too wide are mended where programs mend them, and that is told.
 *
 * @example
 * ```ts
 * import { doctor } from "tg-guarded";
 *
 * for await (const { level, text, mend } of doctor({ offline: true })) {
 *   if (level === "fault") console.log(text, mend);
 * }
 * ```
 */
export async function* doctor(options: DoctorOptions = {}): AsyncGenerator<Finding, void> {
  const { config, offline = false, timeoutMs: ms = 15_000, probe } = options;
  yield examineNode();
  try {
    assertNoPipes(process.env);
  } catch (error) {
    yield faultOf("configuration", error);
    return;
  }
  if (config !== undefined) {
    yield* examineServers({ config, offline, ms, probe });
    return;
  }
  const found = findSettings(process.env);
  const voice = voiceFor({ ...process.env, ...found.settings.env });
  yield* examineEnv({ found, voice, asks: offline ? "nobody" : "here", ms });
}
