import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  approvers,
  GuardedClient,
  memoryStore,
  OperatorDesk,
  type ActionsOptions,
  type ClientOptions,
} from "tg-guarded";
import { startSandbox } from "tg-guarded/testing";
import { askPerson } from "../../../adapters/mcp-actions/asking.js";
import { actionsServers } from "../../../adapters/mcp-actions/server.js";
import { FAR_FROM_MIDNIGHT } from "../../support/quota-day.js";
import { answerOf, contextOf, hostOf, type Answer, type Elicited, type McpDesk } from "../desk.js";

export const LAB = "@tidewater_lab";
export const TEXT = "yes, send it";

export interface ActionsDeskOptions {
  readonly actions?: ActionsOptions;
  readonly limits?: ClientOptions["limits"];
  /** How the person in front of the host answers a form; absent: the host has none. */
  readonly elicit?: Elicited;
}

export interface ActionsDesk extends McpDesk {
  readonly operator: OperatorDesk;
  readonly client: GuardedClient;
  /** How often the host's user was asked, and what was shown. */
  readonly forms: string[];
  /** Puts a file where files may be taken from; gives its name. */
  readonly put: (name: string, content: unknown) => Promise<string>;
  /** Previews, and carries out by the code of the preview. */
  readonly approved: (name: string, args: Record<string, unknown>) => Promise<Answer>;
  readonly texts: (chat?: string) => readonly string[];
}

/** Codes that count at once, for any chat. */
const LENIENT = {
  approver: approvers.code({ minAgeMs: 0 }),
  requireAllowlist: false,
  unsafeOverride: true,
} satisfies ActionsOptions;

/** As TG_ACTIONS_APPROVER=auto, but that a call does not wait for the operator. */
export const AUTO = {
  approver: approvers.operator({ ask: "host" }),
  ask: askPerson,
  requireAllowlist: false,
  unsafeOverride: true,
} satisfies ActionsOptions;

export async function actionsDesk({
  actions = LENIENT,
  limits,
  elicit,
}: ActionsDeskOptions = {}): Promise<ActionsDesk> {
  const sandbox = await startSandbox();
  const store = memoryStore();
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store,
    limits: {
      mode: "off",
      pauses: { everyDirectMessages: 0, afterJoinMs: 0 },
      timeZone: FAR_FROM_MIDNIGHT,
      ...limits,
    },
    actions,
  });
  const context = contextOf(client);
  const forms: string[] = [];
  const host = await hostOf(actionsServers(context, { version: "0.0.0" })(), elicit, forms);
  const folder = join(sandbox.clientOptions().dataDir, "downloads");
  const call = async (name: string, args: Record<string, unknown> = {}): Promise<Answer> =>
    answerOf(await host.callTool({ name, arguments: args }));
  return {
    sandbox,
    host,
    context,
    client,
    forms,
    operator: new OperatorDesk({ store }),
    call,
    async put(name, content) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
      return name;
    },
    async approved(name, args) {
      const { approval_code } = await call(name, { ...args, dry_run: true });
      return call(name, { ...args, dry_run: false, confirm: true, confirmation_text: TEXT, approval_code });
    },
    texts: (chat = LAB) => [...sandbox.world.chat(chat).messages()].map(({ text }) => text),
    async [Symbol.asyncDispose]() {
      await host.close();
      await client.close();
      await sandbox.close();
    },
  };
}
