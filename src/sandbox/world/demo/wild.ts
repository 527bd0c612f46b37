import { deliver } from "../deliver.js";
import { StoredMembers } from "../members.js";
import type { Document, Media } from "../media.js";
import { paper, patternBytes } from "../paper.js";
import { userPeer } from "../peer.js";
import { StoredHistory } from "../stored-history.js";
import type { User } from "../users.js";
import type { World } from "../world.js";
import { PEOPLE } from "./people.js";
import type { Stage } from "./script.js";
import { DAY, MINUTE, NOW } from "./time.js";

const BEGIN = NOW - 3 * DAY;

/** Names as people really choose them, and as nobody should. */
const STRANGERS: readonly User[] = [
  { id: 6_210_400_901, firstName: "../../../root", lastName: ".ssh/authorized_keys", username: "dot_dot_slash" },
  { id: 6_210_400_902, firstName: "\u202Etxt.elif\u202C", lastName: "\u2066isolate\u2069" },
  { id: 6_210_400_903, firstName: "Line\nBreak", lastName: "Tab\tBell\u0007" },
  {
    id: 6_210_400_904,
    firstName: '=HYPERLINK("https://evil.example","click")',
    lastName: "@SUM(1+1)*cmd|'/c calc'!A0",
  },
  { id: 6_210_400_905, firstName: "👩‍👩‍👧‍👦", lastName: "🏳️‍🌈\u200B\u200D" },
  { id: 6_210_400_906, firstName: "שלום", lastName: "مرحبا بالعالم" },
  { id: 6_210_400_907, firstName: "Z̷͎̈a̸̛͔l̶̤͝g̵͍̀o̷̝͒", lastName: "\u00A0\u3000\uFEFF" },
  { id: 6_210_400_908, firstName: "x".repeat(64), lastName: "ß".repeat(64) },
  { id: 6_210_400_909, firstName: "\u200B", lastName: '"quoted", comma; semicolon' },
];

const TEXTS: readonly string[] = [
  "\u202Ethgir ot tfel morf si siht\u202C and back",
  "CRLF\r\nthen LF\nthen CR\rthen U+2028\u2028then U+2029\u2029end",
  '"quotes", commas, ; semicolons\tand\ttabs',
  "=1+1",
  "+49 30 1234567",
  "-2 °C",
  "@cell",
  "مرحبا بالعالم، كيف الحال؟ שלום עולם",
  "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇳🇴 1️⃣",
  "zero\u200Bwidth\u200Cnon\u200Djoiner\uFEFFmark",
  "control \u0001\u0007\u001B[31m not red \u001B[0m",
  '```json\n{"a": [1, 2]}\n``` *not* _markdown_ [nor](link) <b>html</b> &amp; | table |',
  "# heading?\n> quote?\n- list?\n1. numbered?\n---",
  "é (composed) and e\u0301 (decomposed)",
  "lonely surrogates are no text, 𝕊𝕠 𝕥𝕙𝕖𝕤𝕖 𝕒𝕣𝕖 𝕡𝕒𝕚𝕣𝕤",
  "x".repeat(4095) + "!",
];

/** What a file may be called by whoever sends it. */
const FILE_NAMES: readonly string[] = [
  "../../etc/passwd",
  "..\\..\\Windows\\System32\\cmd.exe",
  "/absolute/path.txt",
  "~/.bashrc",
  "line\nbreak\r\n.txt",
  "\u202Egpj.exe",
  "CON",
  "NUL.txt",
  "com1.tar.gz",
  "",
  ".",
  "..",
  "   ",
  "trailing dots and spaces. . . ",
  'colon: star* question? "quotes" <angle> |pipe|.txt',
  "-rf",
  ".hidden",
  "nul\u0000byte.txt",
  "👩‍👩‍👧‍👦 família/фото.png",
  "same.txt",
  "same.txt",
  "SAME.TXT",
  `${"a".repeat(9_996)}.txt`,
  `${"я".repeat(200)}.pdf`,
];

const LARGE = 3 * 1024 * 1024 + 123;

/** A group in which every name, title, text and file name is out of the ordinary. */
export function addWild({ world, agenda }: Stage): void {
  for (const user of STRANGERS) world.users.add(user);
  const people = [PEOPLE.mira, ...STRANGERS];
  const since = BEGIN;
  const members = new StoredMembers(
    people.map(({ id }, n) => ({ userId: id, role: n === 1 ? "creator" : "member", since })),
  );
  const channel = world.addChannel({
    id: 1_650_200_026,
    kind: "supergroup",
    title: "../../etc/\u202Egnp.tahc\u202C\n🏴‍☠️ =1+1\u200B",
    username: "wild_names",
    about: "Nothing here is called what it should be",
    date: BEGIN,
    history: new StoredHistory(),
    members,
  });
  agenda.at(BEGIN, () => {
    const from = (n: number) => userPeer(STRANGERS[n % STRANGERS.length]?.id ?? 0);
    const say = (n: number, text: string, media?: Media) =>
      deliver(world, channel, { date: BEGIN + n * MINUTE, from: from(n), text, media });
    TEXTS.forEach((text, n) => say(n, text));
    const files = filesIn(world);
    files.forEach((file, n) => say(TEXTS.length + n, n % 5 === 0 ? "caption, \u202Edesrever\u202C" : "", file));
  });
}

function filesIn(world: World): Document[] {
  const date = BEGIN;
  const named = FILE_NAMES.map((name, n) => paper(world.files.nextId(), date, name, patternBytes(n, 100 + n * 37)));
  const nameless = { ...paper(world.files.nextId(), date, "", patternBytes(71, 500)), attributes: [] };
  const large = paper(world.files.nextId(), date, "three-megabytes.bin", patternBytes(72, LARGE));
  return [...named, nameless, large].map((file) => world.files.add(file));
}
