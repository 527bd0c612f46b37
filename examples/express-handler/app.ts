import { createHash, timingSafeEqual } from "node:crypto";
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import type { Gate, GuardedClient, SendMessageInput } from "tg-guarded";
import { tellError } from "./tell-error.js";

/** At the most so many messages in an answer. */
const MOST = 200;

/** Reads and writes for whoever has the token. All requests share one client, and so one budget. */
export function createApp(client: GuardedClient, token: string): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(requireToken(token));
  app.use(express.json({ limit: "100kb" }));

  app.get("/chats/:chat/messages", async (request: Request<{ chat: string }>, response) => {
    const { limit = "50", cursor } = request.query;
    const wanted = Math.min(Number(limit), MOST);
    const listing = client.read.messages(request.params.chat, {
      limit: wanted,
      ...(typeof cursor === "string" ? { cursor } : {}),
      signal: whileAsked(response),
    });
    const messages = await listing.toArray();
    // As long as pages are full there may be another one.
    response.json({ messages, ...(messages.length === wanted ? { nextCursor: listing.cursor } : {}) });
  });

  // Without a gate it tells what would happen. With one, whoever approves is the client's business: the code of the preview,
  // or the operator, who has not decided yet where the answer is 202. The same request again goes on from there.
  app.post("/messages", async (request: Request<object, unknown, SendMessageInput & { gate?: Gate }>, response) => {
    const { gate, ...input } = request.body;
    if (gate === undefined) {
      const { actionId, summary, warnings, quotaLeft, approval } = await client.actions.sendMessage(input);
      response.json({ status: "preview", actionId, summary, warnings, quotaLeft, approval });
      return;
    }
    const outcome = await client.actions.sendMessage(input, gate);
    response.status({ done: 201, unchanged: 200, awaiting_approval: 202 }[outcome.status]).json(outcome);
  });

  app.use(tellError);
  return app;
}

/** Hashes are compared, in constant time: neither the length nor the beginning of the token can be found out. */
function requireToken(token: string): RequestHandler {
  const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();
  const expected = hashOf(`Bearer ${token}`);
  return (request, response, next) => {
    if (timingSafeEqual(hashOf(request.headers.authorization ?? ""), expected)) next();
    else response.status(401).set("WWW-Authenticate", "Bearer").json({ code: "unauthorized" });
  };
}

/** Whoever hangs up does not want to be waited for. */
function whileAsked(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    controller.abort();
  });
  return controller.signal;
}
