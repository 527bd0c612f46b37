// `npm run pictures` draws the pictures of README and guides anew, from real runs of what is built.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { budgetPicture } from "./budget.mjs";
import { flowPicture } from "./flow.mjs";
import { terminalPicture } from "./terminal.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const PICTURES = {
  "flow.svg": flowPicture,
  "demo.svg": () => terminalPicture("npx tg-guarded demo", process.execPath, [path("../../dist/cli.js"), "demo"]),
  "budget.svg": budgetPicture,
};

for (const [name, draw] of Object.entries(PICTURES)) {
  writeFileSync(path(name), await draw());
  console.log(`docs/pictures/${name}`);
}
