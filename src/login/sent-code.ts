import type { Api } from "telegram";
import type { CodeRequest, CodeWay } from "./prompts.js";

type About = Pick<CodeRequest, "way" | "length" | "hint">;

/** What Telegram says of the code that it has sent; `undefined` for a way that nobody here can use. */
export function codeRequestOf({ type, nextType, timeout }: Api.auth.SentCode): CodeRequest | undefined {
  const about = aboutOf(type);
  // GramJS gives null for a field that was not sent, whatever its types say.
  const nextWay = nextType ? NEXT_WAYS[nextType.className] : undefined;
  return (
    about && {
      ...about,
      ...(nextWay === undefined ? {} : { nextWay }),
      ...(timeout ? { nextInMs: timeout * 1000 } : {}),
    }
  );
}

function aboutOf(type: Api.auth.TypeSentCodeType): About | undefined {
  switch (type.className) {
    case "auth.SentCodeTypeApp":
      return { way: "app", length: type.length };
    case "auth.SentCodeTypeSms":
    case "auth.SentCodeTypeFirebaseSms":
      return { way: "sms", length: type.length };
    case "auth.SentCodeTypeCall":
      return { way: "call", length: type.length };
    case "auth.SentCodeTypeFlashCall":
      return { way: "flash_call", hint: type.pattern };
    case "auth.SentCodeTypeMissedCall":
      return { way: "missed_call", length: type.length, hint: type.prefix };
    case "auth.SentCodeTypeEmailCode":
      return { way: "email", length: type.length, hint: type.emailPattern };
    case "auth.SentCodeTypeFragmentSms":
      return { way: "fragment", length: type.length, hint: type.url };
    case "auth.SentCodeTypeSmsWord":
      return { way: "word", ...begin(type.beginning) };
    case "auth.SentCodeTypeSmsPhrase":
      return { way: "phrase", ...begin(type.beginning) };
    case "auth.SentCodeTypeSetUpEmailRequired":
      return undefined;
  }
}

const begin = (beginning: string | undefined) => (beginning ? { hint: beginning } : {});

const NEXT_WAYS: Readonly<Record<Api.auth.TypeCodeType["className"], CodeWay>> = {
  "auth.CodeTypeSms": "sms",
  "auth.CodeTypeCall": "call",
  "auth.CodeTypeFlashCall": "flash_call",
  "auth.CodeTypeMissedCall": "missed_call",
  "auth.CodeTypeFragmentSms": "fragment",
};
