import type { User } from "../users.js";

/** Who lives in the demo world, by the name their lines are written under. */
export const PEOPLE = {
  mira: {
    id: 6_210_400_101,
    firstName: "Mira",
    lastName: "Halvorsen",
    username: "mira_halvorsen",
    phone: "9996621234",
    about: "Buoys, tides, too much coffee",
    presence: "online",
  },
  tomas: { id: 6_210_400_202, firstName: "Tomás", lastName: "Ferreira", phone: "9996625678", presence: "recently" },
  liv: {
    id: 6_210_400_303,
    firstName: "Liv",
    lastName: "Halvorsen 🌻",
    username: "liv_paints",
    phone: "4791234503",
    premium: true,
    presence: "recently",
  },
  ingrid: { id: 6_210_400_304, firstName: "Mamma", phone: "4791234504", presence: { lastSeen: 1_750_050_000 } },
  einar: { id: 6_210_400_305, firstName: "Einar", lastName: "H.", phone: "4791234505", presence: "last-week" },
  jonas: { id: 6_210_400_401, firstName: "Jonas", lastName: "Lindqvist", username: "jonas_lq", presence: "online" },
  kenta: { id: 6_210_400_402, firstName: "健太", lastName: "中村", username: "kenta_nakamura", presence: "recently" },
  aigerim: {
    id: 6_210_400_403,
    firstName: "Айгерим",
    lastName: "Нурланова",
    username: "aigerim_n",
    premium: true,
    presence: "recently",
  },
  yusuf: { id: 6_210_400_404, firstName: "يوسف", lastName: "منصور", presence: "recently" },
  priya: { id: 6_210_400_405, firstName: "Priya", lastName: "Raman", username: "priya_raman", presence: "last-week" },
  olek: {
    id: 6_210_400_406,
    firstName: "Олександр",
    lastName: "Шевчук",
    username: "olek_shevchuk",
    presence: "recently",
  },
  buildbot: {
    id: 6_210_400_501,
    firstName: "Tidewater Build",
    username: "tidewater_build_bot",
    bot: true,
    about: "Reports builds and deployments",
  },
  tidebot: {
    id: 6_210_400_502,
    firstName: "Tide Tables",
    username: "tide_tables_bot",
    bot: true,
    verified: true,
    about: "High and low water for your harbour",
  },
  wilma: { id: 6_210_400_601, firstName: "Wilma", lastName: "Petersen", presence: "last-month" },
  georgios: { id: 6_210_400_602, firstName: "Γιώργος", lastName: "Παπαδάκης", presence: "recently" },
  fatima: { id: 6_210_400_603, firstName: "Fatima", lastName: "Z.", username: "fatima_bakes", presence: "recently" },
  gone: { id: 6_210_400_701, firstName: "", deleted: true },
  editor: { id: 6_210_400_801, firstName: "Ruth", lastName: "Okafor", username: "ruth_okafor", presence: "last-week" },
} as const satisfies Record<string, User>;

export type Name = keyof typeof PEOPLE;

export const isName = (name: string): name is Name => Object.hasOwn(PEOPLE, name);
