// An HTTP service on Express: programs that know the token read chats and send approved messages.
//
//   export API_TOKEN=$(openssl rand -hex 32)
//   SESSION_NAME=work TG_ACTIONS_ENABLED=1 TG_ACTIONS_ALLOWED_GROUPS=@our_team TG_ACTIONS_APPROVER=operator \
//     npx tsx examples/express-handler/server.ts 8080
//   curl -H "Authorization: Bearer $API_TOKEN" localhost:8080/chats/@our_team/messages
//
// On a sandbox: set TG_SANDBOX to its info file in place of SESSION_NAME.
import type { AddressInfo } from "node:net";
import { GuardedClient } from "tg-guarded";
import { createApp } from "./app.js";

const token = process.env["API_TOKEN"] ?? "";
if (token.length < 32) throw new Error("API_TOKEN must have 32 characters or more.");

const client = await GuardedClient.fromEnv();
client.on("wait", ({ text }) => {
  console.error(text);
});
// This machine alone: beyond it a proxy with TLS belongs in front.
const server = createApp(client, token).listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

for (const name of ["SIGINT", "SIGTERM"]) {
  process.once(name, () => {
    // What is under way is answered; then the client goes.
    server.close(() => {
      client.close().catch((error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      });
    });
  });
}
