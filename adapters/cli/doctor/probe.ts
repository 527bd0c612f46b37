import type { ConfiguredServer, Finding, Probe, ProbeResult } from "tg-guarded";
import type { ServerConnection } from "../../mcp/connect-server.js";
import { version } from "../../mcp/version.js";
import { failureOf } from "./failure.js";
import { finding } from "./finding.js";
import { STATUS_TOOL, tellStatus } from "./status.js";

export interface ProbeOptions {
  /** The server is not asked for its account. */
  readonly offline: boolean;
  /** For each answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** Starts configured servers, and asks what a program for agents asks first. What MCP takes is loaded here alone. */
export const mcpProbe =
  (options: ProbeOptions): Probe =>
  async (server) => {
    const { connectServer, ServerFault } = await import("../../mcp/connect-server.js");
    const { timeoutMs } = options;
    const client = { name: "tg-guarded-doctor", version: version() };
    let connection: ServerConnection;
    try {
      connection = await connectServer(server, { client, timeoutMs });
    } catch (error) {
      if (!(error instanceof ServerFault)) throw error;
      return failureOf(server, error, { what: "initialize", timeoutMs });
    }
    const result = await ask(server, connection, options).finally(() => connection.close());
    const ended = await connection.close();
    return { ...result, findings: [...result.findings, ...strayOf(connection), ...stubborn(ended)] };
  };

/** What it answers, up to the first question that it does not. */
async function ask(
  server: ConfiguredServer,
  connection: ServerConnection,
  { offline, timeoutMs }: ProbeOptions,
): Promise<ProbeResult> {
  const findings = [greeting(connection)];
  let what = "tools/list";
  try {
    const tools = await toolsOf(connection, timeoutMs);
    findings.push(tellTools(tools));
    if (offline) return { findings };
    if (!tools.includes(STATUS_TOOL)) {
      findings.push(finding("note", "telegram", `It has no tool ${STATUS_TOOL}: Telegram was not asked.`));
      return { findings };
    }
    what = STATUS_TOOL;
    const call = { name: STATUS_TOOL, arguments: {} };
    findings.push(tellStatus(await connection.client.callTool(call, undefined, { timeout: timeoutMs })));
    return { findings };
  } catch (error) {
    const failure = failureOf(server, connection.faultOf(error), { what, timeoutMs });
    return { ...failure, findings: [...findings, ...failure.findings] };
  }
}

function greeting({ client, tookMs }: ServerConnection): Finding {
  const { name = "without a name", version: itsVersion = "" } = client.getServerVersion() ?? {};
  const text = `It started and answered initialize within ${Math.ceil(tookMs)} ms: ${name} ${itsVersion}`.trimEnd();
  return finding("ok", "servers", `${text}.`);
}

const tellTools = ({ length }: readonly string[]): Finding =>
  length === 0
    ? finding("fault", "servers", "It has no tools.", "Look whether it is the server that is meant.")
    : finding("ok", "servers", length === 1 ? "It has one tool." : `It has ${length} tools.`);

/** Page by page, all within the time for one answer. */
async function toolsOf({ client }: ServerConnection, timeoutMs: number): Promise<readonly string[]> {
  const until = performance.now() + timeoutMs;
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const timeout = Math.max(1, until - performance.now());
    const page = await client.listTools(cursor === undefined ? {} : { cursor }, { timeout });
    names.push(...page.tools.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return names;
}

function strayOf(connection: ServerConnection): readonly Finding[] {
  const stray = connection.stray();
  if (stray === undefined) return [];
  const text = `It writes on its standard output what is no MCP, and some programs end it for that: ${stray}`;
  return [finding("warning", "servers", text, "Let nothing but the server write there.")];
}

function stubborn(ended: "input" | "SIGTERM" | "SIGKILL"): readonly Finding[] {
  if (ended === "input") return [];
  const text = `It did not end when its client went away, and was ended by ${ended}: such servers stay behind in numbers.`;
  return [
    finding("warning", "servers", text, "Use the newest tg-guarded, without a launcher that keeps the input open."),
  ];
}
