import { stripVTControlCharacters } from "node:util";
import type { Env } from "../env/values.js";
import { note, type Finding } from "./finding.js";
import type { ProbeResult } from "./probe.js";
import { scrubber } from "./scrub.js";

/** What is said of one program: nothing twice, and no secret at all. */
export interface Voice {
  /** As it may be shown; nothing where it was told before. */
  tell(finding: Finding): readonly Finding[];
  /** The same for what another program said. It may repeat in its own words around them what was told already. */
  relay(result: ProbeResult): readonly Finding[];
}

/** Of a text, and of a line, that another program wrote. */
const LONGEST_TEXT = 600;
const LONGEST_LINE = 300;

/** @param env what its secrets stand in */
export function voiceFor(env: Env): Voice {
  const told = new Set<string>();
  const faults = new Set<string>();
  const advice = new Set<string>();
  const scrub = scrubber(env);
  const scrubOthers = scrubber(env, true);
  const tell = (finding: Finding): readonly Finding[] => {
    const shown = scrub(finding);
    const key = `${shown.topic}\n${shown.text}`;
    if (told.has(key)) return [];
    told.add(key);
    if (shown.level === "fault") faults.add(shown.text);
    if (shown.mend !== undefined) advice.add(shown.mend);
    return [shown];
  };
  const isKnown = (text: string): boolean => [...faults].some((fault) => text.includes(fault));
  // To cut comes after hiding: half a secret would not be known for one.
  const foreign = (text: string, limit: number): string =>
    shortened(scrubOthers(note("servers", stripVTControlCharacters(text))).text, limit);
  return {
    tell,
    relay({ findings, lastWords = [] }) {
      const news = findings.filter(({ text }) => !isKnown(foreign(text, Infinity)));
      const shown = news.flatMap(({ text, mend, ...rest }) =>
        tell({
          ...rest,
          text: foreign(text, LONGEST_TEXT),
          ...(mend === undefined ? {} : { mend: foreign(mend, LONGEST_TEXT) }),
        }),
      );
      const lines = lastWords.map((line) => foreign(line, LONGEST_LINE).trim()).filter((line) => line !== "");
      const words = lines.filter((line) => !isKnown(line) && !advice.has(line));
      return words.length === 0 ? shown : [...shown, ...tell(note("servers", `It wrote last: ${words.join(" / ")}`))];
    },
  };
}

const shortened = (text: string, limit: number): string => (text.length > limit ? `${text.slice(0, limit)}…` : text);
