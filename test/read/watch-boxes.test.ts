import { manualClock } from "tg-guarded/testing";
import { describe, expect, it } from "vitest";
import type { KeyedSighting, ReadUpdates } from "../../src/telegram/updates-read.js";
import { WatchBoxes } from "../../src/read/watch-boxes.js";

const CHANNEL = -1_000_000_000_042;

function open({ opens = false, wantsOwn = false } = {}) {
  const clock = manualClock();
  const boxes = new WatchBoxes({ feed: { clock }, opens, wantsOwn, onNews: () => undefined, onDue: () => undefined });
  boxes.open("common", 10);
  const take = (read: Partial<ReadUpdates>): void => {
    boxes.take({ sightings: [], stale: [], tooLong: false, restarted: false, ...read });
  };
  const see = (...sightings: readonly KeyedSighting[]): void => {
    take({ sightings });
  };
  return { clock, boxes, take, see };
}

describe("The sequences of a watch", () => {
  it("wait half a second for a missing update before they ask", async () => {
    const { clock, boxes, see } = open();
    see({ key: "common", pts: 12, count: 1 });
    await clock.advance(499);
    expect(boxes.due).toBeUndefined();
    await clock.advance(1);
    expect(boxes.due).toBe("common");
  });

  it("do not ask when the missing update arrives in time", async () => {
    const { clock, boxes, see } = open();
    see({ key: "common", pts: 12, count: 1 });
    see({ key: "common", pts: 11, count: 1 });
    await clock.advance(1000);
    expect(boxes.due).toBeUndefined();
    expect(boxes.ptsOf("common")).toBe(12);
  });

  it("leave no timer behind", () => {
    const { clock, boxes, see } = open();
    see({ key: "common", pts: 12, count: 1 });
    expect(clock.pending).toBe(1);
    boxes.clear();
    expect(clock.pending).toBe(0);
  });

  it("ask when a numbered container is missing", () => {
    const { boxes, take } = open();
    take({ seq: { first: 5, last: 6 } });
    take({ seq: { first: 7, last: 7 } });
    expect(boxes.due).toBeUndefined();
    take({ seq: { first: 9, last: 9 } });
    expect(boxes.due).toBe("common");
  });

  it("begin anew when the server numbers them anew", () => {
    const { boxes, take } = open();
    take({ restarted: true });
    expect(boxes.restartDue).toBe(true);
  });

  it("ask for what was missed of a channel, and leave channels alone that are not watched", () => {
    const { boxes, take, see } = open();
    take({ stale: [CHANNEL] });
    see({ key: CHANNEL, pts: 8, count: 1 });
    expect([boxes.due, boxes.channels]).toEqual([undefined, []]);
    boxes.open(CHANNEL, 7);
    take({ stale: [CHANNEL] });
    expect(boxes.due).toBe(CHANNEL);
  });

  it("open with a channel's first update when all chats are watched", () => {
    const { boxes, see } = open({ opens: true });
    see({ key: CHANNEL, pts: 8, count: 1 });
    expect(boxes.ptsOf(CHANNEL)).toBe(8);
    expect(boxes.due).toBeUndefined();
  });

  it("ask for an own message whose text was not told, only where own messages are wanted", () => {
    const sent: KeyedSighting = { key: "common", pts: 11, count: 1, isBlank: true };
    const [without, with_] = [open(), open({ wantsOwn: true })];
    without.see(sent);
    with_.see(sent);
    expect([without.boxes.due, without.boxes.ptsOf("common")]).toEqual([undefined, 11]);
    expect([with_.boxes.due, with_.boxes.ptsOf("common")]).toEqual(["common", 10]);
  });
});
