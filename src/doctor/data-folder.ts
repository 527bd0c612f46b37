import { constants, type Stats } from "node:fs";
import { access, stat } from "node:fs/promises";
import { systemCode } from "../system-error.js";
import { fault, note, ok, warning, type Finding } from "./finding.js";
import { userName } from "./user-name.js";

const OTHERS = 0o077;

/** Whether the folder of state and sessions is there, is this user's, and keeps others out. */
export async function examineDataFolder(path: string): Promise<readonly Finding[]> {
  const found = await statOf(path);
  if (found === "missing") return [note("data", `${path} is not there yet; it is made when it is needed.`)];
  if (typeof found === "string") {
    return [fault("data", `${path} cannot be looked at: ${found}.`, "Name another folder: TG_DATA_DIR.")];
  }
  if (!found.isDirectory()) return [fault("data", `${path} is no folder.`, "Name another place: TG_DATA_DIR.")];
  const faults = [...(await writable(path)), ...owned(path, found)];
  return faults.length > 0 ? faults : [ok("data", `${path} is this user's, and others are kept out.`)];
}

async function statOf(path: string): Promise<Stats | string> {
  try {
    return await stat(path);
  } catch (error) {
    return systemCode(error) === "ENOENT" ? "missing" : (systemCode(error) ?? String(error));
  }
}

async function writable(path: string): Promise<readonly Finding[]> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return [];
  } catch (error) {
    const why = systemCode(error) ?? "refused";
    return [fault("data", `${path} cannot be read and written: ${why}.`, `chmod u+rwx '${path}'`)];
  }
}

function owned(path: string, { uid, mode }: Stats): readonly Finding[] {
  const user = process.geteuid?.();
  if (user === undefined) return [];
  return [
    ...(uid === user
      ? []
      : [fault("data", `${path} belongs to the user ${uid}, not to ${userName()}.`, `Run this as the user ${uid}.`)]),
    ...((mode & OTHERS) === 0
      ? []
      : [warning("data", `Others may look into ${path} (mode ${octal(mode)}).`, `chmod 700 '${path}'`)]),
  ];
}

const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(4, "0");
