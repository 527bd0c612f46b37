import type { ClientAbout } from "../login/device.js";
import { isPacked, unpack } from "../mtproto/gzip.js";
import { TlError } from "../tl/error.js";
import { TlReader } from "../tl/reader.js";
import { registry } from "../tl/registry.js";
import type * as Tl from "../tl/types.js";
import { RpcError } from "./handler.js";

/** Nobody wraps as often as this; the bound keeps hostile requests short. */
const MAX_WRAPPERS = 16;

/** A request without its wrappers; in place of the request, why it cannot be read. */
export interface Unwrapped {
  /** From the outside in. */
  readonly wrappers: readonly string[];
  /** The id in invokeWithTakeout, where there was one. */
  readonly takeoutId?: bigint | undefined;
  /** What initConnection told, where there was one. */
  readonly about?: ClientAbout | undefined;
  readonly method: string;
  readonly request: Tl.AnyRequest | RpcError;
}

/**
 * Takes off whatever carries another request (every `!X` of the schema: invokeWithLayer, initConnection,
 * invokeWithTakeout…), in any nesting, packed or not.
 */
export function unwrap(body: Buffer): Unwrapped {
  const wrappers: string[] = [];
  let reader = new TlReader(body);
  let method = "nothing";
  let takeoutId: bigint | undefined;
  let about: ClientAbout | undefined;
  try {
    for (;;) {
      reader = unpacked(reader);
      const id = reader.uint32();
      const plan = registry().numbered(id);
      method = plan?.name ?? `#${id.toString(16).padStart(8, "0")}`;
      if (plan?.isMethod !== true) return { wrappers, takeoutId, about, method, request: unknownMethod(id) };
      if (!plan.isWrapper) {
        return { wrappers, takeoutId, about, method, request: plan.read(reader) as Tl.AnyRequest };
      }
      if (wrappers.length >= MAX_WRAPPERS) throw new TlError("wrapped too often");
      const around = plan.readAroundQuery(reader);
      if ("takeout_id" in around && typeof around.takeout_id === "bigint") takeoutId = around.takeout_id;
      if (around._ === "initConnection") about = aboutOf(around as Tl.initConnectionRequest);
      wrappers.push(method);
    }
  } catch (error) {
    if (!(error instanceof TlError)) throw error;
    return { wrappers, takeoutId, about, method, request: new RpcError(400, "INPUT_FETCH_ERROR") };
  }
}

function aboutOf(told: Omit<Tl.initConnectionRequest, "query">): ClientAbout {
  const { api_id: apiId, device_model: deviceModel, system_version: systemVersion, app_version: appVersion } = told;
  return { apiId, deviceModel, systemVersion, appVersion };
}

function unpacked(reader: TlReader): TlReader {
  const rest = reader.rest();
  return new TlReader(isPacked(rest) ? unpack(rest) : rest);
}

const unknownMethod = (id: number): RpcError => new RpcError(400, `INPUT_METHOD_INVALID_${id}`);
