import type { Device } from "../login/device.js";

/** What a login has made of a key. A temporary key shares it with the permanent one that it is bound to. */
export class KeyLogin {
  /** Set by a login, or at once for a key that the sandbox handed out itself. */
  device: Device | undefined;
  /** The login of somebody who has shown a code and must still give the password. */
  awaited: Device | undefined;
  /** How the login ended: the error that tells it. */
  ended: string | undefined;
  /** The key was seen at two addresses and is good for nothing any more. */
  isDuplicated = false;
}
