import type * as Tl from "../tl/types.js";

/** What a bot has said about itself; the rest is as its description says. */
export interface BotSaid {
  readonly description?: string | undefined;
  readonly menuButton?: Tl.TypeBotMenuButton | undefined;
  /** The rights that clients offer when the bot is made an admin. */
  readonly groupRights?: Tl.TypeChatAdminRights | undefined;
  readonly broadcastRights?: Tl.TypeChatAdminRights | undefined;
}

/** What bots have set (core.telegram.org/api/bots/commands). Commands are kept by scope and language. */
export class BotSettings {
  readonly #said = new Map<number, BotSaid>();
  readonly #commands = new Map<string, readonly Tl.TypeBotCommand[]>();
  readonly #menuOf = new Map<string, Tl.TypeBotMenuButton>();

  of(bot: number): BotSaid {
    return this.#said.get(bot) ?? {};
  }

  change(bot: number, said: BotSaid): void {
    this.#said.set(bot, { ...this.of(bot), ...said });
  }

  /** @param scope the name of the scope, and whom it is about */
  commands(bot: number, scope: string, language: string): readonly Tl.TypeBotCommand[] | undefined {
    return this.#commands.get(`${bot}:${scope}:${language}`);
  }

  /** Nothing takes back what was set. */
  setCommands(bot: number, scope: string, language: string, commands?: readonly Tl.TypeBotCommand[]): void {
    const key = `${bot}:${scope}:${language}`;
    if (commands) this.#commands.set(key, commands);
    else this.#commands.delete(key);
  }

  /** The button beside the input field that one user sees, or all. */
  menuFor(bot: number, user: number): Tl.TypeBotMenuButton | undefined {
    return this.#menuOf.get(`${bot}:${user}`) ?? this.of(bot).menuButton;
  }

  setMenuFor(bot: number, user: number, button: Tl.TypeBotMenuButton): void {
    this.#menuOf.set(`${bot}:${user}`, button);
  }
}
