import type * as Tl from "../../tl/types.js";
import { Cast } from "../../world/present/cast.js";
import { updatesOf } from "../../world/present/updates.js";
import type { Audience, Privacy, PrivacyRule } from "../../world/relations.js";
import type { Handlers, RequestContext } from "../handler.js";
import { notServed, refuse } from "./refuse.js";
import { mailboxOf, userOf } from "./resolve.js";

/** Those of Telegram's keys that have an effect here, and what they are called in the world. */
const KEYS: Partial<Record<Tl.TypeInputPrivacyKey["_"], readonly [keyof Privacy, Tl.TypePrivacyKey["_"]]>> = {
  inputPrivacyKeyStatusTimestamp: ["lastSeen", "privacyKeyStatusTimestamp"],
  inputPrivacyKeyChatInvite: ["invitations", "privacyKeyChatInvite"],
  inputPrivacyKeyForwards: ["forwards", "privacyKeyForwards"],
  inputPrivacyKeyPhoneNumber: ["phone", "privacyKeyPhoneNumber"],
  inputPrivacyKeyAddedByPhone: ["byPhone", "privacyKeyAddedByPhone"],
  inputPrivacyKeyProfilePhoto: ["photo", "privacyKeyProfilePhoto"],
  inputPrivacyKeyAbout: ["about", "privacyKeyAbout"],
  inputPrivacyKeyPhoneCall: ["calls", "privacyKeyPhoneCall"],
  inputPrivacyKeyVoiceMessages: ["voices", "privacyKeyVoiceMessages"],
};

function keyOf(input: Tl.TypeInputPrivacyKey) {
  const key = KEYS[input._];
  if (!key) throw notServed();
  return key;
}

const AUDIENCES: Partial<Record<Tl.TypeInputPrivacyRule["_"], Audience>> = {
  inputPrivacyValueAllowAll: "everybody",
  inputPrivacyValueAllowContacts: "contacts",
  inputPrivacyValueDisallowAll: "nobody",
};

/** @throws PRIVACY_VALUE_INVALID */
function ruleFrom(context: RequestContext, rules: readonly Tl.TypeInputPrivacyRule[]): PrivacyRule {
  const ids = (users: readonly Tl.TypeInputUser[]): number[] => users.map((input) => userOf(context, input).id);
  let rule: PrivacyRule = { audience: "nobody", allowed: [], denied: [] };
  for (const one of rules) {
    const audience = AUDIENCES[one._];
    if (audience) rule = { ...rule, audience };
    else if (one._ === "inputPrivacyValueAllowUsers") rule = { ...rule, allowed: ids(one.users) };
    else if (one._ === "inputPrivacyValueDisallowUsers") rule = { ...rule, denied: ids(one.users) };
    else throw notServed();
  }
  if (rules.length === 0) throw refuse("PRIVACY_VALUE_INVALID");
  return rule;
}

const SHOWN = {
  everybody: "privacyValueAllowAll",
  contacts: "privacyValueAllowContacts",
  nobody: "privacyValueDisallowAll",
} as const;

/** The exceptions come first, as the first rule that fits counts. */
function presentRule({ audience, allowed, denied }: PrivacyRule): Tl.TypePrivacyRule[] {
  const rules: Tl.TypePrivacyRule[] = [];
  if (allowed.length > 0) rules.push({ _: "privacyValueAllowUsers", users: allowed.map(BigInt) });
  if (denied.length > 0) rules.push({ _: "privacyValueDisallowUsers", users: denied.map(BigInt) });
  return [...rules, { _: SHOWN[audience] }];
}

function answer(context: RequestContext, rule: PrivacyRule): Tl.account_privacyRules {
  const cast = new Cast(context.world, mailboxOf(context));
  for (const id of [...rule.allowed, ...rule.denied]) cast.addUser(id);
  return { _: "account.privacyRules", rules: presentRule(rule), chats: cast.chats, users: cast.users };
}

/** core.telegram.org/api/privacy */
export const privacy = {
  "account.getPrivacy": ({ key }, context) =>
    answer(context, context.world.relations.ruleOf(context.account.id, keyOf(key)[0])),
  "account.setPrivacy": ({ key: input, rules }, context) => {
    const [what, _] = keyOf(input);
    const rule = ruleFrom(context, rules);
    context.world.relations.setRule(context.account.id, what, rule);
    // Others see him anew.
    context.world.forgetBuilt();
    const update = { _: "updatePrivacy", key: { _ }, rules: presentRule(rule) } as const;
    context.push(context.account, updatesOf(new Cast(context.world, mailboxOf(context)), [update]));
    return answer(context, rule);
  },
} satisfies Handlers;
