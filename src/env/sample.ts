import { VARIABLE_GROUPS, type Variable } from "./variables.js";

/**
 * A file with every variable, commented out, with what holds without it.
 *
 * @example
 * ```ts
 * import { envSample } from "tg-guarded";
 *
 * console.log(envSample());
 * ```
 */
export function envSample(): string {
  const groups = VARIABLE_GROUPS.map(({ title, variables }) => `# ${title}\n\n${variables.map(entry).join("\n")}`);
  return `${HEAD}\n${groups.join("\n")}`;
}

const HEAD = `# Variables of tg-guarded. Take away the # in front of what you set; the values that are shown hold without it.
# Use: tg-guarded --env-file FILE …, or TG_ENV_FILE. No file of the working folder is read by itself.
`;

function entry({ name, about, default: usual, otherwise, example }: Variable): string {
  const note = otherwise === undefined ? "" : ` Otherwise: ${otherwise}.`;
  const shown = example === undefined ? "" : ` For example: ${example}`;
  return `# ${about}${note}${shown}\n#${name}=${usual ?? ""}\n`;
}
