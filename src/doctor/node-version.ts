import { fault, ok, type Finding } from "./finding.js";

/** As `engines` in package.json says. */
const LEAST = [20, 19] as const;

export function examineNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isEnough = major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
  if (isEnough) return ok("node", `Node.js ${version}`);
  return fault(
    "node",
    `Node.js ${version} is too old: ${LEAST.join(".")} is needed.`,
    "Install a newer one: https://nodejs.org",
  );
}
