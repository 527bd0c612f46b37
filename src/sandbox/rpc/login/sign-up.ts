import { ANYBODYS_CODE } from "../../login/sent-codes.js";
import { refuse } from "../handlers/refuse.js";
import { sentTo } from "./code.js";
import type { LoginHandlers } from "./context.js";
import { enter, newDevice } from "./enter.js";
import { callerOf } from "./phone.js";

const LONGEST_NAME = 64;

const isName = (name: string): boolean => name.trim().length > 0 && name.length <= LONGEST_NAME;

/** A number that nobody had becomes an account: core.telegram.org/method/auth.signUp */
export const signUp = {
  "auth.signUp": ({ phone_number, phone_code_hash, first_name: firstName, last_name: lastName }, context) => {
    const caller = callerOf(context, phone_number);
    if (caller.account) throw refuse("PHONE_NUMBER_OCCUPIED");
    const sent = sentTo(context, caller, phone_code_hash);
    if (!sent.isProven) throw refuse("PHONE_CODE_EMPTY");
    if (!isName(firstName)) throw refuse("FIRSTNAME_INVALID");
    if (lastName !== "" && !isName(lastName)) throw refuse("LASTNAME_INVALID");
    const { world, logins, dcId } = context;
    const person = { id: world.newUserId(), firstName, lastName: lastName || undefined, phone: caller.phone };
    const account = world.addAccount(person, { code: ANYBODYS_CODE, dcId });
    logins.codes.drop(sent);
    return enter(context, newDevice(context, account));
  },
} satisfies LoginHandlers;
