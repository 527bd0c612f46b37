import type * as Tl from "../../tl/types.js";

const METHODS: readonly Tl.MethodName[] = [
  "help.getConfig",
  "help.getNearestDc",
  "help.getAppConfig",
  "help.getAppUpdate",
  "help.getCdnConfig",
  "help.getCountriesList",
  "langpack.getLangPack",
  "langpack.getStrings",
  "langpack.getDifference",
  "langpack.getLanguages",
  "langpack.getLanguage",
  "auth.sendCode",
  "auth.resendCode",
  "auth.cancelCode",
  "auth.reportMissingCode",
  "auth.signIn",
  "auth.signUp",
  "auth.checkPassword",
  "auth.checkRecoveryPassword",
  "auth.recoverPassword",
  "auth.requestPasswordRecovery",
  "auth.resetLoginEmail",
  "auth.importAuthorization",
  "auth.importBotAuthorization",
  "auth.importWebTokenAuthorization",
  "auth.exportLoginToken",
  "auth.importLoginToken",
  "auth.bindTempAuthKey",
  "auth.dropTempAuthKeys",
  "auth.requestFirebaseSms",
  // Asked for between the code and the password, when nobody is logged in yet.
  "account.getPassword",
];

/** What may be asked before logging in. */
export const WITHOUT_ACCOUNT: ReadonlySet<string> = new Set<string>(METHODS);
