import { bindKey } from "./bind-key.js";
import { bot } from "./bot.js";
import { codes } from "./code.js";
import type { LoginHandlers } from "./context.js";
import { devices } from "./devices.js";
import { password } from "./password.js";
import { qr } from "./qr.js";
import { signIn } from "./sign-in.js";
import { signUp } from "./sign-up.js";
import { transfer } from "./transfer.js";

/** Every method of login and devices that this server carries out. */
export const loginHandlers: LoginHandlers = {
  ...bindKey,
  ...bot,
  ...codes,
  ...devices,
  ...password,
  ...qr,
  ...signIn,
  ...signUp,
  ...transfer,
};
