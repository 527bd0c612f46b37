/** Which number Telegram gives an error of that name: core.telegram.org/api/errors */
const CODES: readonly (readonly [RegExp, number])[] = [
  [/^(FLOOD_|SLOWMODE_|TAKEOUT_INIT_DELAY_|FROZEN_)/, 420],
  [/_MIGRATE_\d+$/, 303],
  [/^(RPC_\w+_FAIL|INTERNAL|INTERDC_.*|RANDOM_ID_DUPLICATE|AUTH_RESTART(_\d+)?|SIGN_IN_FAILED)$/, 500],
  [/^(AUTH_KEY_DUPLICATED|PHONE_(NUMBER_INVALID|PASSWORD_FLOOD)|SEND_CODE_UNAVAILABLE)$/, 406],
  [/^(UPDATE_APP_TO_LOGIN|FRESH_RESET_AUTHORISATION_FORBIDDEN)$/, 406],
  [/^(AUTH_KEY_|SESSION_|USER_DEACTIVATED)/, 401],
  [/(_FORBIDDEN|^TAKEOUT_REQUIRED)$/, 403],
  [/^(USER_PRIVACY_RESTRICTED|USER_NOT_MUTUAL_CONTACT|USER_CHANNELS_TOO_MUCH|MESSAGE_AUTHOR_REQUIRED)$/, 403],
];

export const errorCode = (name: string): number => CODES.find(([pattern]) => pattern.test(name))?.[1] ?? 400;
