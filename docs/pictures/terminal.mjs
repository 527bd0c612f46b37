// A picture of what a command really prints in a terminal.
import { spawn } from "@lydell/node-pty";
import { escaped, picture } from "./svg.mjs";

const COLUMNS = 120;
const [CHARACTER_WIDTH, LINE_HEIGHT, MARGIN] = [7.83, 19, 16];
/** SGR codes that our commands use, as classes of the picture; 22 and 39 end them. */
const CLASSES = { 1: "bold", 2: "faint", 32: "good", 33: "warn", 36: "mark" };

/** Everything that the command prints until it ends. */
async function printedBy(command, args) {
  const env = { ...process.env, FORCE_COLOR: "1" };
  delete env.NO_COLOR;
  const terminal = spawn(command, args, { cols: COLUMNS, rows: 60, env });
  let printed = "";
  terminal.onData((data) => (printed += data));
  const { exitCode } = await new Promise((resolve) => terminal.onExit(resolve));
  if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode}:\n${printed}`);
  return printed;
}

/** Words of one line, each with the classes it was printed in. */
function runsOf(line, style) {
  return line.split(/(\x1b\[[\d;]*m)/).flatMap((part) => {
    const code = /^\x1b\[(\d*)m$/.exec(part)?.[1];
    if (code === undefined) return part === "" ? [] : [{ text: part, classes: [...style].join(" ") }];
    if (code === "22") ["bold", "faint"].forEach((name) => style.delete(name));
    else if (code === "39") ["good", "warn", "mark"].forEach((name) => style.delete(name));
    else if (CLASSES[code] !== undefined) style.add(CLASSES[code]);
    return [];
  });
}

/** A line that is longer than the terminal goes on in the next one, as it does there. */
function wrapped(runs) {
  const lines = [[]];
  let column = 0;
  for (const { text, classes } of runs) {
    for (let from = 0; from < text.length;) {
      const piece = text.slice(from, from + COLUMNS - column);
      lines.at(-1).push({ text: piece, classes, column });
      from += piece.length;
      column += piece.length;
      if (column >= COLUMNS && from < text.length) column = lines.push([]) && 0;
    }
  }
  return lines;
}

/** `shown` stands at the top as what was typed. */
export async function terminalPicture(shown, command, args) {
  const style = new Set();
  const printed = (await printedBy(command, args)).replaceAll("\r", "").trimEnd().split("\n");
  const prompt = [
    [
      { text: "$ ", classes: "faint", column: 0 },
      { text: shown, classes: "bold", column: 2 },
    ],
  ];
  const lines = [...prompt, ...printed.flatMap((line) => wrapped(runsOf(line, style)))];
  const body = lines.flatMap((runs, row) =>
    runs.map(({ text, classes, column }) => {
      const [x, y] = [MARGIN + column * CHARACTER_WIDTH, MARGIN + (row + 0.8) * LINE_HEIGHT];
      return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" class="${classes}" xml:space="preserve">${escaped(text)}</text>`;
    }),
  );
  return picture({
    width: Math.ceil(COLUMNS * CHARACTER_WIDTH + 2 * MARGIN),
    height: Math.ceil(lines.length * LINE_HEIGHT + 2 * MARGIN),
    title: `What ${shown} prints`,
    body: body.join("\n"),
  });
}
