import type { Lifecycle } from "./lifecycle.js";
import { sendMessage, type SendMessageInput, type SentMessage } from "./send-message.js";
import type { ActionCallOptions, Gate, Outcome, Preview } from "./shapes.js";

/** Everything one can change, each step approved. Without a gate a call previews and sends nothing. */
export class ActionsApi {
  readonly #lifecycle: Lifecycle;

  constructor(lifecycle: Lifecycle) {
    this.#lifecycle = lifecycle;
  }

  /** Shows what would be sent, and opens an approval for it. Sends nothing. */
  sendMessage(input: SendMessageInput, options?: ActionCallOptions): Promise<Preview<SentMessage>>;
  /**
   * Sends the text, exactly once for each approval, whatever breaks in between.
   *
   * Errors: `confirmation_required`, `approval_invalid`, `approval_too_early`, `approval_expired`, `approval_rejected`,
   * `already_done`, `action_in_progress`, `outcome_unknown`, `not_allowed`, `chat_not_found`, `input_invalid`, and those
   * of every call.
   */
  sendMessage(input: SendMessageInput, gate: Gate, options?: ActionCallOptions): Promise<Outcome<SentMessage>>;
  sendMessage(
    input: SendMessageInput,
    gateOrOptions: Gate | ActionCallOptions = {},
    options: ActionCallOptions = {},
  ): Promise<Preview<SentMessage> | Outcome<SentMessage>> {
    return isGate(gateOrOptions)
      ? this.#lifecycle.execute(sendMessage, input, gateOrOptions, options)
      : this.#lifecycle.preview(sendMessage, input, gateOrOptions);
  }
}

const isGate = (value: Gate | ActionCallOptions): value is Gate => "confirm" in value;
