import { cut } from "../../world/window.js";
import type { Handlers } from "../handler.js";
import { presentPage } from "./message-page.js";
import { historyOf, targetOf } from "./resolve.js";

export const history = {
  "messages.getHistory": (request, context) => {
    const target = targetOf(context, request.peer);
    return presentPage(context, target, cut(historyOf(context, target), request), request.offset_id);
  },
} satisfies Handlers;
