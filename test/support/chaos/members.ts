import type { Sandbox } from "tg-guarded/testing";
import { doomed } from "./changing.js";
import { act, batch, type Order, type Truth } from "./order.js";
import { MIRA, idOf, isIn, state, tellings, toldOnce } from "./world-facts.js";

const LAB = "@tidewater_lab";
const FAMILY = "Family 🏡";
const COUNCIL = "@harbour_council";
const FORUM = "@quayside_forum";
const QUIET = "@quiet_quay";
const LIV = "@liv_paints";
const ADDED = "messageActionChatAddUser";
const GONE = "messageActionChatDeleteUser";
const ONE_JOIN = { join: 1 } as const;

/** Somebody comes to be in a chat, or goes, and each time the chat is told. */
function entering(sandbox: Sandbox, chat: string, user: string): () => Truth {
  const times = tellings(sandbox, chat, ADDED, user);
  return () => toldOnce(times(), isIn(sandbox, chat, user));
}

const LEAVING_BATCH = ["@tide_talk_chat", "@wild_names", "@night_watch"];

/** Joining and leaving. The account has left QUIET before. */
export function comings(sandbox: Sandbox): readonly Order[] {
  const { world } = sandbox;
  const link = `https://t.me/+${world.invite("Board & Budget")}`;
  const own = (chat: string) => () => state(isIn(sandbox, chat, MIRA));
  return [
    act("join a group", "joinChat", { chat: QUIET }, { units: ONE_JOIN, truth: entering(sandbox, QUIET, MIRA) }),
    act(
      "join a channel",
      "joinChat",
      { chat: "@night_trains_eu" },
      { units: ONE_JOIN, truth: own("@night_trains_eu") },
    ),
    act("join by a link", "joinChat", { chat: link }, { units: ONE_JOIN, truth: own("Board & Budget") }),
    ...["@tide_talk", "Kastanienhof neighbours 🌳"].map((chat) =>
      act(
        `leave ${chat}`,
        "leaveDialog",
        { chat },
        { units: ONE_JOIN, mode: "operator", truth: () => state(!isIn(sandbox, chat, MIRA)) },
      ),
    ),
  ];
}

/**
 * Adding and removing others. The account is an admin of FAMILY. Who was removed from a supergroup must not stay barred;
 * the round asks for that at the end, and tells it in `barred`.
 */
export function others(sandbox: Sandbox, barred: ReadonlySet<number>): readonly Order[] {
  const isOut = (chat: string, user: number | string): boolean => !isIn(sandbox, chat, user);
  const isFree = (user: string): boolean => !barred.has(idOf(sandbox, user));
  const livGoes = tellings(sandbox, FAMILY, GONE, LIV);
  const ruthComes = entering(sandbox, LAB, "@ruth_okafor");
  return [
    act(
      "add to a supergroup",
      "addMember",
      { chat: LAB, user: LIV },
      { units: ONE_JOIN, truth: entering(sandbox, LAB, LIV) },
    ),
    act(
      "add to a group",
      "addMember",
      { chat: FAMILY, user: "@fatima_bakes" },
      { units: ONE_JOIN, mode: "operator", truth: entering(sandbox, FAMILY, "@fatima_bakes") },
    ),
    act(
      "remove from a supergroup",
      "removeMember",
      { chat: LAB, user: "@priya_raman" },
      { units: ONE_JOIN, truth: () => openDoor(isOut(LAB, "@priya_raman"), isFree("@priya_raman")) },
    ),
    act(
      "remove from a group",
      "removeMember",
      { chat: FAMILY, user: LIV },
      {
        units: ONE_JOIN,
        truth: () => toldOnce(livGoes(), isOut(FAMILY, LIV)),
      },
    ),
    act(
      "migrate",
      "migrateMember",
      { chat: LAB, oldUser: "@kenta_nakamura", newUser: "@ruth_okafor" },
      {
        units: { join: 2 },
        truth() {
          const came = ruthComes();
          const isWhole = isOut(LAB, "@kenta_nakamura") === came.times > 0 && isFree("@kenta_nakamura");
          return isWhole ? came : { ...came, fault: "only a part of it was done" };
        },
      },
    ),
  ];
}

const openDoor = (isOut: boolean, isFree: boolean): Truth =>
  isFree ? state(isOut) : { times: 1, fault: "he cannot come back" };

/** Batches of all kinds. */
export function batches(sandbox: Sandbox): readonly Order[] {
  const adding = [FAMILY, COUNCIL, FORUM];
  const user = "@kenta_nakamura";
  const entrances = adding.map((chat) => entering(sandbox, chat, user));
  const targets = [LAB, FAMILY, COUNCIL].map((chat) => ({ chat, ...doomed(sandbox, chat, 2) }));
  return [
    batch(
      "add to many",
      "addMember",
      { user, groups: adding },
      {
        units: { join: adding.length },
        truth: () => every(entrances.map((entrance) => entrance())),
      },
    ),
    batch(
      "delete in many",
      "deleteMessages",
      { targets: targets.map(({ chat, ids }) => ({ chat, messageIds: ids })) },
      { truth: () => every(targets.map(({ truth }) => truth())) },
    ),
    batch(
      "leave many",
      "leaveDialog",
      { chats: LEAVING_BATCH },
      {
        units: { join: LEAVING_BATCH.length },
        mode: "operator",
        truth: () => every(LEAVING_BATCH.map((chat) => state(!isIn(sandbox, chat, MIRA)))),
      },
    ),
  ];
}

/** Of a batch: each item so often, or something is wrong. */
function every(items: readonly Truth[]): Truth {
  const times = items.map((item) => item.times);
  const [first = 0] = times;
  const faults = items.flatMap(({ fault }) => fault ?? []);
  const isEven = times.every((each) => each === first);
  const fault = [...faults, ...(isEven ? [] : [`its items were done ${times.join(", ")} times`])].join("; ");
  return { times: first, ...(fault === "" ? {} : { fault }) };
}
