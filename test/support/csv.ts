/** Reads CSV as RFC 4180 describes it, strictly: a line ends with CRLF, and a quote inside quotes is doubled. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let place = 0;
  while (place < text.length) {
    const row: string[] = [];
    for (let isLast = false; !isLast;) {
      const [field, end] = text[place] === '"' ? quoted(text, place + 1) : bare(text, place);
      row.push(field);
      isLast = text[end] !== ",";
      if (isLast && text.slice(end, end + 2) !== "\r\n") throw new Error(`no end of line at ${end}`);
      place = end + (isLast ? 2 : 1);
    }
    rows.push(row);
  }
  return rows;
}

function quoted(text: string, start: number): readonly [field: string, end: number] {
  let field = "";
  for (let place = start; place < text.length; place++) {
    const letter = text.charAt(place);
    if (letter !== '"') field += letter;
    else if (text.charAt(place + 1) !== '"') return [field, place + 1];
    else field += text.charAt(++place);
  }
  throw new Error("a quote is not closed");
}

function bare(text: string, start: number): readonly [field: string, end: number] {
  const found = /^[^,"\r\n]*/.exec(text.slice(start, start + 100_000))?.[0] ?? "";
  return [found, start + found.length];
}
