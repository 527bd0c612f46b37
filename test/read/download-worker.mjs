// Downloads one file in a process of its own, from the built package. Its order comes as an argument.
import { GuardedClient } from "../../dist/index.js";

const { options, chat, messageId, to } = JSON.parse(process.argv[2]);
const client = await GuardedClient.open({ ...options, limits: { mode: "off" } });
const { resumed } = await client.read.downloadMedia(chat, messageId, { to });
console.log(resumed);
await client.close();
