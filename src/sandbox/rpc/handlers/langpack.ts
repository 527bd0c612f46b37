import type * as Tl from "../../tl/types.js";
import type { Handlers } from "../handler.js";
import { refuse } from "./refuse.js";

const english: Tl.langPackLanguage = {
  _: "langPackLanguage",
  official: true,
  name: "English",
  native_name: "English",
  lang_code: "en",
  plural_code: "en",
  strings_count: 0,
  translated_count: 0,
  translations_url: "https://translations.telegram.org/en/",
};

/** @throws LANG_CODE_NOT_SUPPORTED */
function checkLanguage(code: string): void {
  if (code !== english.lang_code) throw refuse("LANG_CODE_NOT_SUPPORTED");
}

const difference = (lang_code: string, from_version: number): Tl.langPackDifference => ({
  _: "langPackDifference",
  lang_code,
  from_version,
  version: 1,
  strings: [],
});

/** The only language is English, and clients bring the words of it along. */
export const langpack = {
  "langpack.getLanguages": () => [english],
  "langpack.getLanguage": ({ lang_code }) => {
    checkLanguage(lang_code);
    return english;
  },
  "langpack.getLangPack": ({ lang_code }) => {
    checkLanguage(lang_code);
    return difference(lang_code, 0);
  },
  "langpack.getDifference": ({ lang_code, from_version }) => {
    checkLanguage(lang_code);
    return difference(lang_code, from_version);
  },
  "langpack.getStrings": ({ lang_code, keys }) => {
    checkLanguage(lang_code);
    return keys.map((key) => ({ _: "langPackStringDeleted", key }));
  },
} satisfies Handlers;
