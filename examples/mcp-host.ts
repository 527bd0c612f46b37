// A host of MCP servers in code: it starts tgmcp-read, calls two of its tools, starts tgmcp-actions, and asks the person at
// the keyboard when that server wants to know whether to send.
//
//   SESSION_NAME=work TG_ACTIONS_ENABLED=1 TG_ACTIONS_ALLOWED_GROUPS=@our_team npx tsx examples/mcp-host.ts @our_team
//
// On a sandbox: set TG_SANDBOX to its info file in place of SESSION_NAME, and name @tidewater_lab in both places.
import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { getDefaultEnvironment, StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema, type CallToolResult } from "@modelcontextprotocol/sdk/types.js";

const [chat = "@tidewater_lab", text = "Low tide at noon."] = process.argv.slice(2);
const keyboard = createInterface({ input: process.stdin });
const nobody = new AbortController();
keyboard.once("close", () => {
  nobody.abort();
});

/** Starts a server of this package. It gets the variables that are its business, and no others of this process. */
async function start(server: "tgmcp-read" | "tgmcp-actions"): Promise<Client> {
  const ours = Object.entries(process.env).filter(([name]) => /^(TG|RATE|RETRY|MAX|SMART)_|^SESSION_NAME$/.test(name));
  const env = { ...getDefaultEnvironment(), ...(Object.fromEntries(ours) as Record<string, string>) };
  const host = new Client({ name: "mcp-host", version: "1.0.0" }, { capabilities: { elicitation: { form: {} } } });
  // The server's form has one question, "approve". Anything but a clear yes leaves the message unsent.
  host.setRequestHandler(ElicitRequestSchema, async ({ params }) => {
    console.log(`${params.message}\nSend it? (yes/no)`);
    // What was typed before the question does not count, and where nobody is left to ask the server hears of an error.
    return (await keyboard.question("", { signal: nobody.signal })) === "yes"
      ? { action: "accept", content: { approve: true } }
      : { action: "decline" };
  });
  await host.connect(
    new StdioClientTransport({ command: "npx", args: ["--no", "--", server], env, stderr: "inherit" }),
  );
  return host;
}

type Answer = Readonly<Record<string, unknown>>;

/** What a tool answers. Where it says that it is too early, once more after the time that it names. */
async function call(host: Client, name: string, args: Record<string, unknown>): Promise<Answer> {
  const { structuredContent, content, isError } = (await host.callTool({ name, arguments: args })) as CallToolResult;
  if (isError !== true) return structuredContent ?? {};
  const failure = JSON.parse(content[0]?.type === "text" ? content[0].text : "{}") as Answer;
  const { code, retry_after_ms: retryAfterMs } = failure;
  if ((code !== "rate_limited" && code !== "flood_wait") || typeof retryAfterMs !== "number") return failure;
  console.log(`${name} is too early: waiting ${Math.ceil(retryAfterMs / 1000)} seconds`);
  await wait(retryAfterMs);
  return call(host, name, args);
}

const reading = await start("tgmcp-read");
const { tools } = await reading.listTools();
console.log(`tgmcp-read has ${tools.length} tools`);
const { dialogs } = (await call(reading, "tg_get_my_dialogs", { limit: 3 })) as {
  dialogs: readonly { title: string }[];
};
for (const { title } of dialogs) console.log(`- ${title}`);
const { messages } = (await call(reading, "tg_get_messages", { group: chat, limit: 1 })) as {
  messages: readonly { id: number }[];
};
console.log(`the newest message of ${chat} has the id ${messages[0]?.id}`);
await reading.close();

const writing = await start("tgmcp-actions");
const message = { group: chat, message_text: text };
const preview = await call(writing, "tg_send_message", { ...message, dry_run: true });
console.log(`preview: ${String(preview["status"] ?? preview["error"])}`);
const outcome = await call(writing, "tg_send_message", { ...message, dry_run: false, confirm: true });
console.log(`outcome: ${String(outcome["status"] ?? outcome["error"])}`);
await writing.close();
keyboard.close();
