import { Api } from "telegram/tl/index.js";

/** Every form of a container of updates (core.telegram.org/type/Updates). */
const FORMS = [
  Api.Updates,
  Api.UpdatesCombined,
  Api.UpdateShort,
  Api.UpdateShortMessage,
  Api.UpdateShortChatMessage,
  Api.UpdateShortSentMessage,
  Api.UpdatesTooLong,
] as const;

/** Tells whether something that arrived is a container of updates: pushed by the server, or the answer to a write. */
export const isUpdates = (value: unknown): value is Api.TypeUpdates => FORMS.some((form) => value instanceof form);
