import {
  approvers,
  GuardedClient,
  isGuardError,
  memoryStore,
  type ActionsOptions,
  type Gate,
  type SendMessageInput,
  type StateStore,
} from "tg-guarded";
import { manualClock, type ManualClock, type Sandbox } from "tg-guarded/testing";

export const LAB = "@tidewater_lab";
export const PERSON = "@jonas_lq";
/** Any text of six characters confirms where no phrase is agreed. */
export const TEXT = "send it";

export interface Desk {
  readonly client: GuardedClient;
  readonly store: StateStore;
  /** The store's clock, by which approvals are early, valid or expired. */
  readonly clock: ManualClock;
}

/** A client whose approvals live by a manual clock. Several may share a store. */
export async function gated(
  sandbox: Sandbox,
  actions: ActionsOptions = {},
  shared: Omit<Desk, "client"> = freshStore(),
): Promise<Desk & AsyncDisposable> {
  const client = await GuardedClient.open({
    ...sandbox.clientOptions(),
    store: shared.store,
    limits: { mode: "off", directMessages: 100_000, groupMessages: 100_000, pauses: { everyDirectMessages: 0 } },
    actions: { allow: [LAB, PERSON], approver: approvers.code({ minAgeMs: 0 }), ...actions },
  });
  return { ...shared, client, [Symbol.asyncDispose]: () => client.close() };
}

export function freshStore(): Omit<Desk, "client"> {
  const clock = manualClock();
  return { clock, store: memoryStore({ clock }) };
}

/** `sent`, the status of an outcome that sent nothing, or the code of the refusal. */
export async function attempt(client: GuardedClient, input: SendMessageInput, gate: Gate): Promise<string> {
  try {
    const outcome = await client.actions.sendMessage(input, gate);
    if (outcome.status !== "done") return outcome.status;
    return outcome.repeated ? "repeated" : "sent";
  } catch (error) {
    if (isGuardError(error)) return error.code;
    throw error;
  }
}

export const copies = (sandbox: Sandbox, text: string, chat = LAB): number =>
  [...sandbox.world.chat(chat).messages()].filter((message) => message.text === text).length;
