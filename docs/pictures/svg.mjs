// What the pictures share: escaping, and the frame with a light and a dark coat.
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

export const escaped = (text) => text.replace(/[&<>]/g, (sign) => ENTITIES[sign]);

/** A whole picture. Colours follow the reader's light or dark theme. */
export function picture({ width, height, title, body }) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>
  :root { --paper: #fbfbfd; --ink: #24292f; --faint: #6e7781; --line: #d0d7de; --good: #1a7f37; --warn: #9a6700; --mark: #0969da; }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #161b22; --ink: #e6edf3; --faint: #8b949e; --line: #30363d; --good: #3fb950; --warn: #d29922; --mark: #58a6ff; }
  }
  text { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: var(--ink); white-space: pre; }
  .faint { fill: var(--faint); } .good { fill: var(--good); } .warn { fill: var(--warn); } .mark { fill: var(--mark); }
  .bold { font-weight: 700; } .box { fill: var(--paper); stroke: var(--line); } .rule { stroke: var(--line); fill: none; }
</style>
<rect class="box" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${body}
</svg>
`;
}
