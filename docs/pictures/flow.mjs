// A picture of the way of a read and of a write.
import { picture } from "./svg.mjs";

const [WIDTH, HEIGHT] = [820, 300];
const box = (x, y, width, words, look = "") => {
  const lines = words.map(
    (text, row) =>
      `<text x="${x + width / 2}" y="${y + 21 + row * 17}" text-anchor="middle" class="${row === 0 ? `bold ${look}` : "faint"}">${text}</text>`,
  );
  return `<rect class="box" x="${x}" y="${y}" width="${width}" height="${words.length * 17 + 16}" rx="6"/>${lines.join("")}`;
};
const arrow = (path) => `<path d="${path}" fill="none" stroke="var(--faint)" marker-end="url(#tip)"/>`;

export function flowPicture() {
  return picture({
    width: WIDTH,
    height: HEIGHT,
    title: "A read passes the guards; a write is previewed, approved and recorded, and passes the same guards",
    body: [
      `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="var(--faint)"/></marker></defs>`,
      box(16, 30, 150, ["your program", "or an agent (MCP)"]),
      box(216, 16, 130, ["client.read", "export, watch"], "mark"),
      box(216, 150, 130, ["client.actions", "preview"], "warn"),
      box(216, 232, 130, ["a person", "approves"], "good"),
      box(386, 150, 176, ["one record", "approval, random id,", "exactly once"], "warn"),
      box(386, 16, 176, ["the guards", "write guard, quota,", "retry, circuit,", "4 a second, timeout"], "mark"),
      box(606, 16, 96, ["transport", "compares", "the bytes"]),
      box(730, 16, 74, ["Telegram"]),
      box(596, 200, 208, ["the store", "shared by all processes,", "with Redis by hosts"]),
      arrow("M166 48H214"),
      arrow("M166 62C190 62 190 168 214 170"),
      arrow("M346 40H384"),
      arrow("M346 175H384"),
      arrow("M281 232V203"),
      arrow("M474 150V102"),
      arrow("M562 44H604"),
      arrow("M702 34H728"),
      arrow("M562 190C580 190 580 220 594 224"),
      arrow("M562 84C650 94 690 140 700 198"),
    ].join("\n"),
  });
}
