import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours on a terminal that wants them (no-color.org), plain text elsewhere. */
const colourful = process.stdout.isTTY && !process.env["NO_COLOR"];

const paint = (style: Style, text: string): string => (colourful ? styleText(style, text) : text);

const print = (text = ""): void => {
  process.stdout.write(`${text}\n`);
};

let step = 0;

/** The demo speaks in numbered steps with indented facts. */
export const say = {
  title: (text: string): void => {
    print(`\n${paint("bold", text)}`);
  },
  step: (text: string): void => {
    print(`\n${paint("cyan", `${++step}.`)} ${paint("bold", text)}`);
  },
  fact: (text: string): void => {
    print(`   ${text}`);
  },
  good: (text: string): void => {
    print(`   ${paint("green", "✓")} ${text}`);
  },
  stopped: (text: string): void => {
    print(`   ${paint("yellow", "■")} ${text}`);
  },
  aside: (text: string): void => {
    print(`   ${paint("dim", text)}`);
  },
};
