// A picture of the budget: what several greedy processes send together, by the sandbox's log, below what they may.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox } from "tg-guarded/testing";
import { picture } from "./svg.mjs";

const [PROCESSES, SECONDS, BURST, PER_SECOND] = [6, 20, 8, 4];
const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [820, 360, 60, 44, 20, 46];
const reader = fileURLToPath(new URL("greedy-reader.mjs", import.meta.url));

/** Seconds at which requests arrived, since the first one. */
async function arrivals() {
  const folder = await mkdtemp(join(tmpdir(), "tg-guarded-picture-"));
  const sandbox = await startSandbox();
  const options = JSON.stringify(sandbox.clientOptions());
  const times = [];
  const full = new Promise((resolve) => {
    sandbox.onRequest(({ at }) => {
      times.push(at);
      if (at - times[0] > SECONDS * 1000) resolve();
    });
  });
  const readers = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, [reader, join(folder, "state.sqlite"), options], {
      stdio: ["ignore", "ignore", "inherit"],
    }),
  );
  await full;
  await Promise.all(
    readers.map((child) => {
      child.kill();
      return new Promise((resolve) => child.once("exit", resolve));
    }),
  );
  await sandbox.close();
  await rm(folder, { recursive: true });
  return times.map((at) => (at - times[0]) / 1000).filter((second) => second <= SECONDS);
}

export async function budgetPicture() {
  const times = await arrivals();
  const most = BURST + PER_SECOND * SECONDS;
  const x = (second) => LEFT + (second / SECONDS) * (WIDTH - LEFT - RIGHT);
  const y = (count) => HEIGHT - BOTTOM - (count / most) * (HEIGHT - TOP - BOTTOM);
  const steps = times.map((second, i) => `H${x(second).toFixed(1)}V${y(i + 1).toFixed(1)}`).join("");
  const grid = [0, 5, 10, 15, 20].map(
    (second) =>
      `<path class="rule" d="M${x(second)} ${TOP}V${HEIGHT - BOTTOM}"/><text class="faint" x="${x(second)}" y="${HEIGHT - 24}" text-anchor="middle">${second} s</text>`,
  );
  const scale = [0, 20, 40, 60, 80].map(
    (count) => `<text class="faint" x="${LEFT - 8}" y="${y(count) + 4}" text-anchor="end">${count}</text>`,
  );
  return picture({
    width: WIDTH,
    height: HEIGHT,
    title: "Requests of six processes at the server, below the account's budget",
    body: [
      `<text x="16" y="26" class="bold">Requests that arrived, of ${PROCESSES} processes that read as fast as they may</text>`,
      ...grid,
      ...scale,
      `<path d="M${x(0)} ${y(BURST)}L${x(SECONDS)} ${y(most)}" stroke="var(--warn)" stroke-dasharray="6 4" fill="none"/>`,
      `<path d="M${x(0)} ${y(0)}${steps}" stroke="var(--mark)" stroke-width="2" fill="none"/>`,
      `<text class="warn" x="${x(0.5)}" y="${y(most) + 12}">the account's budget: 8 at once, then 4 a second</text>`,
      `<text class="mark" x="${x(SECONDS) - 8}" y="${y(most * 0.32)}" text-anchor="end">${times.length} requests in ${SECONDS} s, by the server's log</text>`,
    ].join("\n"),
  });
}
