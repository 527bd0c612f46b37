import type { Lifecycle } from "./lifecycle.js";
import type { ActionsPolicy } from "./policy.js";
import { policyReport, type PolicyReport } from "./policy-report.js";
import { sendMessage, type SendMessageInput, type SentMessage } from "./send-message.js";
import type { ActionCallOptions, Gate, Outcome, Preview } from "./shapes.js";

/** Everything one can change, each step approved. Without a gate a call previews and sends nothing. */
export class ActionsApi {
  readonly #lifecycle: Lifecycle;
  readonly #policy: ActionsPolicy;

  constructor(lifecycle: Lifecycle, policy: ActionsPolicy) {
    this.#lifecycle = lifecycle;
    this.#policy = policy;
  }

  /** All gates and limits, what is unsafe or weak, why actions are off if they are, and how to write. Sends nothing. */
  policy(): PolicyReport {
    return policyReport(this.#policy);
  }

  /**
   * Goes on with an action that this client previewed or called: after the operator decided, or after an outcome that
   * nobody knows. Another client makes the same call again instead, which does the same.
   *
   * Errors: `action_unknown`, and those of the action.
   */
  resume(actionId: string, gate: Partial<Gate> = {}, options: ActionCallOptions = {}): Promise<Outcome<unknown>> {
    return this.#lifecycle.resume(actionId, { confirm: true, ...gate }, options);
  }

  /** Shows what would be sent, and opens an approval for it. Sends nothing. */
  sendMessage(input: SendMessageInput, options?: ActionCallOptions): Promise<Preview<SentMessage>>;
  /**
   * Sends the text, exactly once for each approval, whatever breaks in between.
   *
   * Errors: `write_denied`, `policy_refused`, `confirmation_required`, `confirmation_text_invalid`, `approval_locked`,
   * `approval_needs_terminal`, `approval_invalid`, `approval_too_early`, `approval_expired`, `approval_rejected`,
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
