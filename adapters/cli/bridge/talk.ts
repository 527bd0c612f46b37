import type { ConfiguredServer } from "tg-guarded";
import type { AskPerson } from "../../mcp/answer-forms.js";
import type { ServerConnection } from "../../mcp/connect-server.js";
import type { ServerFault } from "../../mcp/server-fault.js";
import { version } from "../../mcp/version.js";
import { failureOf, type Asked } from "../doctor/failure.js";
import { plainText } from "../plain-text.js";
import { answerIn, type ToolAnswer } from "./answer.js";
import type { ToolArguments } from "./arguments.js";
import type { Person } from "./person.js";
import { progressLine, type ProgressLine } from "./progress-line.js";
import type { Stop } from "./stop.js";

type ListedTool = Awaited<ReturnType<ServerConnection["client"]["listTools"]>>["tools"][number];

/** A server that was started, and what one can ask it. */
export interface Talk {
  readonly server: ConfiguredServer;
  readonly tools: readonly ListedTool[];
  readonly call: (tool: string, args: ToolArguments) => Promise<ToolAnswer>;
}

export interface TalkOptions {
  readonly timeoutMs: number;
  readonly stop: Stop;
  /** Who answers the server's forms, if anybody can. */
  readonly person?: Person | undefined;
}

/**
 * Starts a server, works with it, and ends it for sure.
 *
 * @throws Error that says what the server did instead of answering
 */
export async function withServer<T>(
  server: ConfiguredServer,
  options: TalkOptions,
  work: (talk: Talk) => Promise<T>,
): Promise<T> {
  const line = progressLine();
  const connection = await connect(server, options, line);
  try {
    return await work(await talkOver(connection, server, options, line));
  } finally {
    await connection.close();
  }
}

async function connect(server: ConfiguredServer, options: TalkOptions, line: ProgressLine): Promise<ServerConnection> {
  const { connectServer, ServerFault } = await import("../../mcp/connect-server.js");
  const { timeoutMs, stop, person } = options;
  const asks = person && { ask: answering(person, stop, line) };
  const client = { name: "tg-guarded-cli", version: version() };
  try {
    return await connectServer(server, { client, timeoutMs, signal: stop.signal, ...asks });
  } catch (error) {
    stop.signal.throwIfAborted();
    throw error instanceof ServerFault ? explained(server, error, { what: "initialize", timeoutMs }) : error;
  }
}

/** Ctrl-C at a question is no answer to it, and ends everything. */
const answering =
  (person: Person, stop: Stop, line: ProgressLine): AskPerson =>
  async (message, signal) => {
    line.pause();
    try {
      return await person.agrees(message, signal);
    } catch (error) {
      if (!signal.aborted) stop.now(error);
      throw error;
    } finally {
      line.resume();
    }
  };

async function talkOver(
  { client, faultOf }: ServerConnection,
  server: ConfiguredServer,
  { timeoutMs, stop: { signal } }: TalkOptions,
  line: ProgressLine,
): Promise<Talk> {
  const settings = { timeout: timeoutMs, signal };
  const answerOf = async <A>(what: string, asking: Promise<A>): Promise<A> => {
    try {
      return await asking;
    } catch (error) {
      signal.throwIfAborted();
      throw explained(server, faultOf(error), { what, timeoutMs });
    }
  };
  const { tools } = await answerOf("tools/list", client.listTools({}, settings));
  return {
    ...{ server, tools },
    async call(name, args) {
      // Whoever says how far it is, is not silent.
      const patient = { ...settings, onprogress: line.show, resetTimeoutOnProgress: true };
      const asking = client.callTool({ name, arguments: { ...args } }, undefined, patient);
      return answerIn(await answerOf(name, asking).finally(line.clear));
    },
  };
}

/** Not what it wrote: that may hold a secret, which the doctor would take out. */
function explained(server: ConfiguredServer, fault: ServerFault, asked: Asked): Error {
  const { findings } = failureOf(server, fault, asked);
  const told = findings.map(({ text, mend = "" }) => `${text} ${mend}`).join(" ");
  return new Error(plainText(`The server ${server.name}: ${told} tg-guarded doctor --config FILE tells more.`));
}
