import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

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

export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
  /** At once, as a power cut would. */
  stop(): Promise<void>;
  /** Starts it again at the same port, with the data of before. */
  start(): Promise<void>;
}

/** A PostgreSQL of this test alone, on a free port of this machine, with a password of its own. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-postgres-"));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const password = randomBytes(16).toString("hex");
  await initialise(folder, password);
  const port = await freePort();
  let child: ChildProcess | undefined;
  // A test that hangs is ended from outside: its server must not stay behind. Its helpers end with it.
  const killLeftover = (): void => {
    child?.kill("SIGQUIT");
  };
  process.once("exit", killLeftover);

  const server: PostgresServer = {
    url: `postgresql://tester:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      if (child === undefined) return;
      const gone = once(child, "exit");
      child.kill("SIGQUIT");
      await gone;
      child = undefined;
    },
    async start() {
      const settings = { listen_addresses: "127.0.0.1", port, unix_socket_directories: "", fsync: "off" };
      const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
      child = run("postgres", ["-D", join(folder, "data"), ...options]);
      await readyToAccept(child);
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      process.off("exit", killLeftover);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
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

async function readyToAccept(child: ChildProcess): Promise<void> {
  if (child.stderr === null) throw new Error("postgres has no output");
  const log: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    log.push(line);
    if (line.includes("ready to accept connections")) {
      child.stderr.resume();
      return;
    }
  }
  throw new Error(`postgres did not start:\n${log.join("\n")}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
