/** An error as Telegram sent it, before anybody has judged it. */
export class RpcFailure extends Error {
  constructor(
    readonly status: number,
    override readonly message: string,
  ) {
    super(message);
  }
}

/** The connection broke, or was closed on purpose. `sent` tells whether the request may have reached the server. */
export class ConnectionBroken extends Error {
  constructor(
    readonly sent: boolean,
    readonly onPurpose: boolean,
  ) {
    super("The connection to Telegram is gone.");
  }
}

/** The server does not know the key of this session: transport error -404. */
export class KeyUnknown extends Error {
  constructor() {
    super("The server does not know this session's key.");
  }
}

/** The caller gave up before the request was written to the socket. */
export class AbandonedUnsent extends Error {
  constructor(readonly reason: Error) {
    super("The request was given up before it was sent.", { cause: reason });
  }
}
