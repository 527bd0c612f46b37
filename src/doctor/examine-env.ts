import { examineProgram, type ProgramExam } from "./examine-program.js";
import { faultOf, type Finding } from "./finding.js";
import type { Voice } from "./voice.js";

/** One program, in its voice. */
export async function* examineEnv({
  voice,
  ...exam
}: ProgramExam & { readonly voice: Voice }): AsyncGenerator<Finding> {
  try {
    for await (const finding of examineProgram(exam)) yield* voice.tell(finding);
  } catch (error) {
    yield* voice.tell(faultOf("configuration", error));
  }
}
