// Reads TL objects as JSON lines and writes what GramJS's own encoder makes of them, in hex.
// It runs in a process of its own: the sandbox never shares one with GramJS's TL classes.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { Api } = require("telegram/tl");

const camel = (name) => name.replace(/_([a-z\d])/g, (_, letter) => letter.toUpperCase());

function classOf(name) {
  const [space, local] = name.includes(".") ? name.split(".") : [undefined, name];
  const home = space === undefined ? Api : Api[space];
  const wanted = local.replaceAll("_", "").toLowerCase();
  return Object.values(home).find(
    (member) => typeof member === "function" && member.className?.split(".").pop().toLowerCase() === wanted,
  );
}

function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  if ("$bytes" in value) return Buffer.from(value.$bytes, "hex");
  if ("$long" in value) return BigInt(value.$long);
  const { _: name, ...fields } = value;
  const Type = classOf(name);
  if (!Type) throw new Error(`GramJS has no ${name}`);
  return new Type(Object.fromEntries(Object.entries(fields).map(([key, field]) => [camel(key), revive(field)])));
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    process.stdout.write(`${revive(JSON.parse(line)).getBytes().toString("hex")}\n`);
  } catch (error) {
    process.stdout.write(`error ${String(error.message).split("\n")[0]}\n`);
  }
}
