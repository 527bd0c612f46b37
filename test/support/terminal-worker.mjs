// Asks for an approval at the terminal of this process, and tells what came of it. From the built package.
import { approvers } from "../../dist/index.js";

const proposal = { actionId: "a", operation: "o", digest: "d", summary: "s", targets: [], warnings: [] };
try {
  process.stdout.write(String(await approvers.terminal().ask(proposal, new AbortController().signal)));
} catch (error) {
  process.stdout.write(error.code);
}
