import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAtFreePort, type ServerProcess } from "./server-process.js";

const VERSIONS = "/usr/lib/postgresql";

/** Where `postgres` and `initdb` are: the newest of Debian's folders, or "" for those of the PATH. */
function findPrograms(): string | undefined {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(VERSIONS, version, "bin")), ""];
  return folders.find((folder) =>
    ["postgres", "initdb"].every((name) => spawnSync(join(folder, name), ["--version"]).status === 0),
  );
}

/** PostgreSQL refuses to run as root: then whose rights it gets. */
function serverUser(): { uid: number; gid: number } | undefined {
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

const isRoot = process.getuid?.() === 0;
const programs = findPrograms();
const user = isRoot ? serverUser() : undefined;

/** Why tests that need PostgreSQL cannot run here; `undefined` when they can. */
export const postgresMissing: string | undefined =
  programs === undefined
    ? "no PostgreSQL is installed"
    : isRoot && user === undefined
      ? "PostgreSQL does not run as root, and there is no other user"
      : undefined;

/** Started again, it is at the same port, with the data of before. */
export interface PostgresServer extends ServerProcess {
  readonly url: string;
}

/** A PostgreSQL of this test alone, on a free port of this machine, with a password of its own. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-postgres-"));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const password = randomBytes(16).toString("hex");
  await initialise(folder, password);
  const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", fsync: "off" };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { server, port } = await startAtFreePort((at) => ({
    name: "postgres",
    run: () => run("postgres", ["-D", join(folder, "data"), ...options, "-p", `${at}`]),
    ready: "ready to accept connections",
    // Its helpers end with it.
    signal: "SIGQUIT",
  }));
  return {
    ...server,
    url: `postgresql://tester:${password}@127.0.0.1:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function run(program: string, args: readonly string[]): ChildProcess {
  return spawn(join(programs ?? "", program), args, {
    ...user,
    cwd: tmpdir(),
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
  });
}

async function initialise(folder: string, password: string): Promise<void> {
  const secret = join(folder, "password");
  await writeFile(secret, password, { mode: 0o600 });
  if (user !== undefined) chownSync(secret, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const data = ["-D", join(folder, "data"), "--no-sync"];
  const child = run("initdb", [...data, "-E", "UTF8", "-U", "tester", "-A", "scram-sha-256", `--pwfile=${secret}`]);
  const complaint: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => complaint.push(chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  await rm(secret);
  if (code !== 0) throw new Error(`initdb failed:\n${complaint.join("")}`);
}
