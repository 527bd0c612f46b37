/**
 * A world file that cannot be used. Names the file, the place in it and what was expected there.
 *
 * @example
 * ```ts
 * import { startSandbox, WorldFileError } from "tg-guarded/testing";
 *
 * try {
 *   await using sandbox = await startSandbox({ world: { file: "nowhere.json" } });
 * } catch (error) {
 *   if (error instanceof WorldFileError) console.log(error.code, error.nextStep); // world_file_invalid
 * }
 * ```
 */
export class WorldFileError extends Error {
  readonly code = "world_file_invalid";
  readonly nextStep: string;

  constructor(file: string, place: string, expected: string, options?: ErrorOptions) {
    super(`${file}: ${place === "" ? "" : `at ${place}: `}${expected}`, options);
    this.name = "WorldFileError";
    this.nextStep =
      'Give a world file ({"tgGuardedWorld": 1, …}), or the result.json of a Telegram Desktop export (Export chat history, format: machine-readable JSON), unchanged and with its media folders beside it.';
  }
}

/** A place in a JSON file as people write it: `messages[3].date`. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, key) => {
    if (typeof key === "number") return `${place}[${key}]`;
    return place === "" ? String(key) : `${place}.${String(key)}`;
  }, "");
}
