import { connect } from "node:net";
import { systemCode } from "../system-error.js";
import { fault, ok, type Finding } from "./finding.js";

/** Opens a connection and closes it: whether anything listens there, and how long it takes. */
export async function examineReach(host: string, port: number, what: string, ms: number): Promise<Finding> {
  const began = performance.now();
  const failure = await tryConnect(host, port, ms);
  const at = `${what} at ${host}:${port}`;
  if (failure === undefined) {
    return ok("telegram", `${at} takes connections, within ${Math.max(1, Math.round(performance.now() - began))} ms.`);
  }
  const mend = "Check the network and PROXY_URL; with a sandbox, start it again: tg-guarded sandbox --info FILE";
  return fault("telegram", `${at} cannot be reached: ${failure}.`, mend);
}

function tryConnect(host: string, port: number, ms: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (failure?: string): void => {
      socket.destroy();
      resolve(failure);
    };
    socket.setTimeout(ms, () => {
      end(`no answer within ${ms / 1000} s`);
    });
    socket.once("connect", () => {
      end();
    });
    socket.once("error", (error) => {
      end(systemCode(error) ?? "the connection failed");
    });
  });
}
