import type { Conversation } from "../chat.js";
import { deliver } from "../deliver.js";
import { roll } from "../dice.js";
import type { Media } from "../media.js";
import type { Draft } from "../message.js";
import { paper, patternBytes } from "../paper.js";
import { userPeer } from "../peer.js";
import { picture } from "../picture.js";
import type { World } from "../world.js";
import { readMarkup } from "./markup.js";
import type { Agenda } from "./agenda.js";
import { isName, PEOPLE } from "./people.js";

/**
 * A line of a conversation: `mira| text`, `mira>2| text` answers the line two above, `mira!| text` is pinned,
 * `mira| [photo] caption`, `mira| [file report.pdf 52000] caption`, `mira| [voice 7]`.
 */
const LINE =
  /^(?<who>\w+)(?:>(?<back>\d+))?(?<pin>!)?\| ?(?:\[(?<kind>photo|file|voice) ?(?<what>[^\]]*)\] ?)?(?<text>.*)$/s;

export interface Stage {
  readonly world: World;
  readonly agenda: Agenda;
}

/** How the lines lie in time, in seconds. */
export interface Timing {
  readonly start: number;
  /** At most so long from one line to the next. */
  readonly gap: number;
  /** The topic they lie in, known once it is their time; the general one by default. */
  readonly topic?: () => number | undefined;
}

/** Plans what people say. */
export function play(stage: Stage, to: Conversation, lines: readonly string[], { start, gap, topic }: Timing): void {
  const ids: number[] = [];
  let date = start;
  lines.forEach((line, index) => {
    const at = date;
    stage.agenda.at(at, () => {
      const back = Number(LINE.exec(line)?.groups?.["back"] ?? 0);
      const replyTo = back > 0 ? ids[index - back] : undefined;
      const [first] = deliver(stage.world, to, { ...readLine(stage.world, line, at), replyTo, topId: topic?.() });
      ids.push(first?.message.id ?? 0);
    });
    date += 5 + (roll(start, index) % gap);
  });
}

function readLine(world: World, line: string, date: number): Draft {
  const groups = LINE.exec(line)?.groups;
  const who = groups?.["who"] ?? "";
  if (!isName(who)) throw new Error(`nobody in the demo world says: ${line}`);
  return {
    date,
    from: userPeer(PEOPLE[who].id),
    ...readMarkup(groups?.["text"] ?? ""),
    media: mediaOf(world, groups?.["kind"], groups?.["what"] ?? "", date),
    pinned: groups?.["pin"] === "!" || undefined,
  };
}

function mediaOf(world: World, kind: string | undefined, what: string, date: number): Media | undefined {
  const id = world.files.nextId();
  const seed = Number(id % 100_000n);
  switch (kind) {
    case "photo":
      return world.files.add(picture(id, date, seed));
    case "file": {
      const [name = "file", size = "10000"] = what.split(" ");
      return world.files.add(paper(id, date, name, patternBytes(seed, Number(size))));
    }
    case "voice": {
      const attributes = [{ _: "documentAttributeAudio" as const, voice: true, duration: Number(what) }];
      const bytes = patternBytes(seed, Number(what) * 3_000);
      return world.files.add({ kind: "document", id, date, mime: "audio/ogg", bytes, attributes });
    }
    default:
      return undefined;
  }
}
