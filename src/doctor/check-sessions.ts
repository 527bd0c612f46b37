import { settingsOf } from "../env/settings.js";
import { read, type Env } from "../env/values.js";
import type { SessionPlane } from "../errors.js";
import { judgePair, type SessionsVerdict, type Used } from "./judge-pair.js";
import { readMcpConfig, type ConfiguredServer } from "./mcp-config.js";
import { assertNoPipes } from "./pipes.js";
import { meantSession } from "./program.js";
import { serverEnv } from "./server-env.js";

/** Two session files, or a file that configures servers: `.mcp.json`, or Codex's `config.toml`. */
export type CheckSessionsInput =
  { readonly paths: readonly [one: string, other: string] } | { readonly config: string };

/**
 * Tells whether the reading and the acting side use one session: the same file by whatever path, or the same login in two
 * files. Sessions that are encrypted are opened with what the TG_* variables give. Telegram is not asked.
 *
 * Errors: `input_invalid` where a configuration cannot be read.
 *
 * @example
 * ```ts
 * import { checkSessions } from "tg-guarded";
 *
 * const { verdict, text } = await checkSessions({ paths: ["read.session", "actions.session"] });
 * if (verdict !== "apart") console.log(text);
 * ```
 */
export async function checkSessions(input: CheckSessionsInput): Promise<SessionsVerdict> {
  if ("config" in input) return judgeServers(await readMcpConfig(input.config), process.env);
  assertNoPipes(process.env);
  const { env } = settingsOf(process.env);
  const [one, other] = input.paths;
  return judgePair({ who: one, source: { path: one }, env }, { who: other, source: { path: other }, env });
}

/** The same for servers that were read already. @throws {@link GuardError} `input_invalid` */
export async function judgeServers(servers: readonly ConfiguredServer[], present: Env): Promise<SessionsVerdict> {
  const [reading, acting] = [usedFor("read", servers, present), usedFor("actions", servers, present)];
  const verdicts: SessionsVerdict[] = [];
  for (const one of reading) for (const other of acting) verdicts.push(await judgePair(one, other));
  const told = ({ verdict }: SessionsVerdict, wanted: SessionsVerdict["verdict"]): boolean => verdict === wanted;
  return (
    verdicts.find((each) => told(each, "shared")) ??
    verdicts.find((each) => told(each, "unknown")) ??
    (verdicts.length === 1 ? verdicts[0] : undefined) ??
    withoutPair(servers, verdicts.length)
  );
}

function withoutPair(servers: readonly ConfiguredServer[], pairs: number): SessionsVerdict {
  if (pairs > 0) return { verdict: "apart", text: "Reading and actions share no session." };
  if (servers.length > 0) {
    return { verdict: "apart", text: "There are servers for one side alone, so that nothing is shared." };
  }
  const nextStep = "Name the file that starts tgmcp-read and tgmcp-actions.";
  return { verdict: "unknown", text: "That file starts no server of tg-guarded.", nextStep };
}

/** The sessions of one side: of its servers, and those that any other server names for it. */
function usedFor(plane: SessionPlane, servers: readonly ConfiguredServer[], present: Env): readonly Used[] {
  const variable = plane === "read" ? "TG_READ_SESSION_PATH" : "TG_ACTIONS_SESSION_PATH";
  return servers.flatMap((server): readonly Used[] => {
    const { env } = settingsOf(serverEnv(server, present));
    if (server.plane === plane) {
      return [{ who: `the server ${server.name}`, source: meantSession(env, plane), env }];
    }
    const path = read(env, variable);
    return path === undefined ? [] : [{ who: `${variable} of ${server.name}`, source: { path }, env }];
  });
}
