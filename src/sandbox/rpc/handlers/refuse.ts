import { RpcError } from "../handler.js";

/** An error of the kind "the request is wrong", by Telegram's name. */
export const refuse = (name: string): RpcError => new RpcError(400, name);

/** An error of the kind "you may not". */
export const forbid = (name: string): RpcError => new RpcError(403, name);

/** For a part of a served method that this server does not carry out. */
export const notServed = (): RpcError => new RpcError(501, "SANDBOX_NOT_IMPLEMENTED");
