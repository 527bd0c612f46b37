/**
 * What keeps a sandbox from starting or from taking its rules.
 *
 * @example
 * ```ts
 * import { SandboxError, startSandbox } from "tg-guarded/testing";
 *
 * await using first = await startSandbox();
 * try {
 *   await startSandbox({ port: first.info.port });
 * } catch (error) {
 *   if (error instanceof SandboxError) console.log(error.code, error.nextStep); // port_in_use
 * }
 * ```
 */
export class SandboxError extends Error {
  constructor(
    readonly code: "port_in_use" | "cannot_listen" | "faults_invalid" | "no_such_account" | "world_invalid",
    message: string,
    readonly nextStep: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "SandboxError";
  }
}
