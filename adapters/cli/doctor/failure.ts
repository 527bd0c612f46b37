import type { ConfiguredServer, Finding, ProbeResult } from "tg-guarded";
import type { FaultReason, ServerFault } from "../../mcp/server-fault.js";
import { finding } from "./finding.js";

export interface Asked {
  /** The method, or the tool, that was to be answered. */
  readonly what: string;
  readonly timeoutMs: number;
}

/** What a server's failure means for the one who configured it, and what mends it. */
export function failureOf(server: ConfiguredServer, { reason, lastWords }: ServerFault, asked: Asked): ProbeResult {
  return { findings: [told(server, reason, asked)], lastWords };
}

const BY_HAND = "Start it by hand with the same variables: it says why.";

function told(server: ConfiguredServer, reason: FaultReason, { what, timeoutMs }: Asked): Finding {
  const seconds = timeoutMs / 1000;
  switch (reason.kind) {
    case "not-started":
      return notStarted(server, reason.code);
    case "ended":
      return fault(`It ended without an answer to ${what}, ${endingOf(reason)}.`, BY_HAND);
    case "no-protocol":
      return fault(
        `It gave no answer to ${what} within ${seconds} s; its standard output is no MCP, and begins: ${reason.stray}`,
        "Let nothing but the server write there: no shell profile, no launcher that greets, no console.log.",
      );
    case "silent":
      return fault(
        `It gave no answer to ${what} within ${seconds} s.`,
        `Give it more time, if it is fetched first (--timeout ${Math.ceil(4 * seconds)}); else start it by hand.`,
      );
    case "refused":
      return fault(`It does not answer ${what} as a server does: ${reason.message}`, BY_HAND);
  }
}

const endingOf = ({ code, signal }: { readonly code: number | null; readonly signal: string | null }): string =>
  signal === null ? `with exit code ${code ?? "unknown"}` : `by ${signal}`;

function notStarted({ command, program, cwd = "" }: ConfiguredServer, code: string): Finding {
  const npx = `"command": "npx", "args": ["-y", "-p", "tg-guarded", "${program.replace(/^mcp-/, "tgmcp-")}"]`;
  const isPath = /[\\/]/.test(command);
  if (code === "ENOTDIR") return fault(`Its working folder ${cwd} is not there.`, "Correct its cwd.");
  if (code === "EACCES") {
    return fault(
      `The system refuses to start the command ${command} (EACCES).`,
      isPath ? `chmod +x '${command}'` : `Let npx start it: ${npx}`,
    );
  }
  if (code !== "ENOENT") return fault(`The command ${command} cannot be started (${code}).`, `Let npx do it: ${npx}`);
  if (/^(npx|node|npm)(\.cmd|\.exe)?$/.test(command)) {
    return fault(`The command ${command} was not found.`, "Install Node.js, or name the command by its whole path.");
  }
  const mend = isPath
    ? `Correct the path, or let npx find it: ${npx}`
    : `Name its whole path, or let npx find it: ${npx}`;
  return fault(`The command ${command} was not found.`, mend);
}

const fault = (text: string, mend: string): Finding => finding("fault", "servers", text, mend);
