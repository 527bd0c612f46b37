import { z } from "zod";

/** The name of a session, which is that of its file: ASCII letters, digits, `_`, `-` and `.`. */
export const sessionName = z
  .string()
  .regex(/^[\w.-]{1,64}$/, "is no name of a session")
  .describe("The name of a session, as tg_list_sessions tells it.");
