import type { Entity } from "../../models/entity.js";

/** What a stretch means; place and length come from where it stands. */
export type Style = Omit<Entity, "offset" | "length">;

/** A piece of marked-up text. What does not become markup is text again, exactly as it was written. */
export type Token =
  | { readonly kind: "text"; readonly text: string }
  /** Opens or closes, whichever fits: `**`. */
  | {
      readonly kind: "mark";
      readonly raw: string;
      readonly name: string;
      readonly style: Style;
      readonly mayOpen: boolean;
      readonly mayClose: boolean;
    }
  | { readonly kind: "open"; readonly raw: string; readonly name: string; readonly style?: Style }
  /** Its style, where it has one, wins over that of the opening. */
  | { readonly kind: "close"; readonly raw: string; readonly name: string; readonly style?: Style }
  /** Needs no partner: code, and blocks of it. */
  | { readonly kind: "whole"; readonly text: string; readonly style: Style };

export interface Marked {
  readonly text: string;
  readonly entities: readonly Entity[];
}

interface Pair {
  readonly from: number;
  readonly to: number;
  readonly style: Style;
}

/** Pairs openings with closings, innermost first, and writes out what found no partner. */
export function assemble(tokens: readonly Token[]): Marked {
  const pairs = pairsOf(tokens);
  const isMarkup = new Set(pairs.flatMap(({ from, to }) => [from, to]));
  const starts: number[] = [];
  const whole: Entity[] = [];
  let text = "";
  tokens.forEach((token, index) => {
    starts.push(text.length);
    if (token.kind === "whole") whole.push({ ...token.style, offset: text.length, length: token.text.length });
    if (token.kind === "text" || token.kind === "whole") text += token.text;
    else if (!isMarkup.has(index)) text += token.raw;
  });
  const outerFirst = pairs.sort((a, b) => a.from - b.from);
  const paired = outerFirst.map(({ from, to, style }): Entity => {
    const offset = starts[from] ?? 0;
    return { ...style, offset, length: (starts[to] ?? 0) - offset };
  });
  const entities = [...paired, ...whole].filter(({ length }) => length > 0);
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
}

function pairsOf(tokens: readonly Token[]): Pair[] {
  const pairs: Pair[] = [];
  const open: { readonly index: number; readonly name: string; readonly style: Style | undefined }[] = [];
  tokens.forEach((token, index) => {
    if (token.kind === "text" || token.kind === "whole") return;
    const { name } = token;
    const mayClose = token.kind === "close" || (token.kind === "mark" && token.mayClose);
    const at = mayClose ? open.findLastIndex((one) => one.name === name) : -1;
    const opening = open[at];
    if (opening !== undefined && index > opening.index + 1) {
      const style = token.style ?? opening.style;
      // What was opened inside and not closed is text.
      open.length = at;
      if (style !== undefined) pairs.push({ from: opening.index, to: index, style });
    } else if (token.kind === "open" || (token.kind === "mark" && token.mayOpen)) {
      open.push({ index, name, style: token.style });
    }
  });
  return pairs;
}
