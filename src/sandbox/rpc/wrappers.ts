import type { ClientAbout } from "../login/device.js";
import { isPacked, unpack, type UnpackingAllowance } from "../mtproto/gzip.js";
import { TlError } from "../tl/error.js";
import { TlReader } from "../tl/reader.js";
import { registry } from "../tl/registry.js";
import type * as Tl from "../tl/types.js";
import { RpcError } from "./handler.js";

/** Nobody wraps as often as this; the bound keeps hostile requests short. */
const MAX_WRAPPERS = 16;

/** What the wrappers said about the request inside. */
interface Said {
  /** From the outside in. */
  readonly wrappers: string[];
  /** The id in invokeWithTakeout, where there was one. */
  takeoutId?: bigint | undefined;
  /** What initConnection told, where there was one. */
  about?: ClientAbout | undefined;
  /** The requests that have to be carried out before: invokeAfterMsg and invokeAfterMsgs. */
  after: readonly bigint[];
  /** The ids that invokeWithMessagesRange allows. */
  range?: Tl.messageRange | undefined;
  /** What is wrong with a wrapper. */
  refused?: string | undefined;
}

/** A request without its wrappers; in place of the request, why it cannot be read. */
export interface Unwrapped extends Readonly<Said> {
  readonly method: string;
  readonly request: Tl.AnyRequest | RpcError;
}

/**
 * Takes off whatever carries another request (every `!X` of the schema: invokeWithLayer, initConnection,
 * invokeWithTakeout…), in any nesting, packed or not.
 */
export function unwrap(body: Buffer, allowance: UnpackingAllowance): Unwrapped {
  const said: Said = { wrappers: [], after: [] };
  let reader = new TlReader(body);
  let method = "nothing";
  try {
    for (;;) {
      reader = unpacked(reader, allowance);
      const id = reader.uint32();
      const plan = registry().numbered(id);
      method = plan?.name ?? `#${id.toString(16).padStart(8, "0")}`;
      if (plan?.isMethod !== true) return { ...said, method, request: unknownMethod(id) };
      if (!plan.isWrapper) {
        const request = plan.read(reader) as Tl.AnyRequest;
        return { ...said, method, request: refusalOf(said) ?? within(request, said.range) };
      }
      if (said.wrappers.length >= MAX_WRAPPERS) throw new TlError("wrapped too often");
      note(said, plan.readAroundQuery(reader) as Tl.AnyRequest);
      said.wrappers.push(method);
    }
  } catch (error) {
    if (!(error instanceof TlError)) throw error;
    return { ...said, method, request: new RpcError(400, "INPUT_FETCH_ERROR") };
  }
}

function note(said: Said, around: Tl.AnyRequest): void {
  switch (around._) {
    case "invokeWithTakeout":
      said.takeoutId = around.takeout_id;
      break;
    case "initConnection":
      said.about = aboutOf(around);
      said.refused ??= faultOf(around);
      break;
    case "invokeWithLayer":
      if (around.layer <= 0) said.refused ??= "CONNECTION_LAYER_INVALID";
      break;
    case "invokeAfterMsg":
      said.after = [...said.after, around.msg_id];
      break;
    case "invokeAfterMsgs":
      said.after = [...said.after, ...around.msg_ids];
      break;
    case "invokeWithMessagesRange":
      said.range = around.range;
      break;
    case "invokeWithBusinessConnection":
      // Nobody has connected a bot to his account here.
      said.refused ??= "BUSINESS_CONNECTION_INVALID";
  }
}

const refusalOf = ({ refused }: Said): RpcError | undefined =>
  refused === undefined ? undefined : new RpcError(400, refused);

/** core.telegram.org/method/initConnection#possible-errors */
function faultOf({ api_id, device_model, system_version, app_version }: Tl.initConnectionRequest): string | undefined {
  if (api_id <= 0) return "CONNECTION_API_ID_INVALID";
  if (device_model === "") return "CONNECTION_DEVICE_MODEL_EMPTY";
  if (system_version === "") return "CONNECTION_SYSTEM_EMPTY";
  return app_version === "" ? "CONNECTION_APP_VERSION_EMPTY" : undefined;
}

/** Keeps what is asked for within a range of ids. `min_id` and `max_id` of a request lie outside of what it asks for. */
function within(request: Tl.AnyRequest, range: Tl.messageRange | undefined): Tl.AnyRequest {
  if (!range || !("min_id" in request && "max_id" in request)) return request;
  const most = Math.min(range.max_id + 1, 0x7fffffff);
  const max_id = request.max_id === 0 ? most : Math.min(Number(request.max_id), most);
  return { ...request, min_id: Math.max(Number(request.min_id), range.min_id - 1), max_id } as Tl.AnyRequest;
}

function aboutOf(told: Tl.initConnectionRequest): ClientAbout {
  const { api_id: apiId, device_model: deviceModel, system_version: systemVersion, app_version: appVersion } = told;
  return { apiId, deviceModel, systemVersion, appVersion };
}

function unpacked(reader: TlReader, allowance: UnpackingAllowance): TlReader {
  const rest = reader.rest();
  return new TlReader(isPacked(rest) ? unpack(rest, allowance) : rest);
}

const unknownMethod = (id: number): RpcError => new RpcError(400, `INPUT_METHOD_INVALID_${id}`);
