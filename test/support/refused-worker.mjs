// Opens a client on a state file, tries an approved write and a read, and tells what came of it; may step down to
// another user first, for whom the rights of files count. From the built package.
import { approvers, GuardedClient } from "../../dist/index.js";
import { sqliteStore } from "../../dist/sqlite.js";

const { path, uid, options, chat } = JSON.parse(process.argv[2]);
if (uid !== undefined) {
  process.setgid(uid);
  process.setuid(uid);
}
const attempt = async (work) => {
  try {
    await work();
    return "done";
  } catch (error) {
    return { code: error.code, cause: String(error.cause?.code ?? error.cause ?? "") };
  }
};
const told = await attempt(async () => {
  const store = sqliteStore({ path });
  const client = await GuardedClient.open({
    ...options,
    store,
    limits: { mode: "off" },
    actions: { allow: [chat], approver: approvers.callback(() => true) },
  });
  try {
    await (await client.actions.sendMessage({ chat, text: "From a state nobody may write" })).execute();
  } finally {
    await client.close();
    await store.close();
  }
});
console.log(JSON.stringify(told));
