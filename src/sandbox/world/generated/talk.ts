import { pick, roll } from "../dice.js";

type Words = readonly [string, ...string[]];

const OPENERS: Words = [
  "Good morning!",
  "Quick question:",
  "By the way,",
  "Just saw that",
  "For those who asked:",
  "Small update:",
  "Не забудьте:",
  "Merci à tous,",
  "¿Alguien sabe si",
  "ちなみに、",
  "👋",
];
const SUBJECTS: Words = [
  "the ferry timetable",
  "the reading group",
  "our allotment",
  "the choir rehearsal",
  "the repair café",
  "the film evening",
  "the bicycle workshop",
  "the chess table in the park",
  "the swimming hall",
  "the spring market",
];
const NEWS: Words = [
  "moves to Thursday",
  "is open again",
  "needs two more volunteers",
  "was better than ever last week",
  "starts half an hour later",
  "has a new roof",
  "is looking for a projector",
  "will be in the small hall",
  "is full, but there is a waiting list",
  "now has its own key, ask at the desk",
];
const CLOSERS: Words = [
  "",
  "",
  "",
  " 🙂",
  " 🎉",
  " Who is coming?",
  " See you there!",
  " #news",
  " Thanks, everybody.",
  " 🌧️ or ☀️, either way.",
];
const SHORT: Words = [
  "Yes!",
  "Thank you 🙏",
  "👍",
  "Count me in.",
  "On my way",
  "Спасибо!",
  "はい",
  "Lovely idea.",
  "I will ask.",
  "شكرا",
];

/** What member number so-and-so says in message number so-and-so. */
export function sentence(seed: number, id: number): string {
  if (roll(seed, id, 30) % 4 === 0) return pick(SHORT, seed, id, 31);
  const [opener, subject, news] = [pick(OPENERS, seed, id, 32), pick(SUBJECTS, seed, id, 33), pick(NEWS, seed, id, 34)];
  return `${opener} ${subject} ${news}.${pick(CLOSERS, seed, id, 35)}`;
}
