/** What keeps a sandbox from starting or from taking its rules. */
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
