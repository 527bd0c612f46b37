import type { ResourceLink, ToolAnnotations } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { untrusted } from "./untrusted.js";

/** A question to the person in front of the host, and what came of it. */
export type Elicit = (message: string, signal: AbortSignal) => Promise<"accepted" | "declined" | "unanswered">;

/** What a call brings beside its arguments. */
export interface ToolCall {
  /** Aborted when the caller cancels, or goes away. */
  readonly signal: AbortSignal;
  /** How much room the result has, in characters of JSON. */
  readonly roomChars: number;
  /** Tells how far the work is. Nobody hears it who did not ask for it. */
  readonly progress: (done: number, total?: number, message?: string) => void;
  /** Adds a file to the answer that the host may offer to open. */
  readonly link: (link: Omit<ResourceLink, "type">) => void;
  /** Absent where the host cannot ask anybody. */
  readonly elicit?: Elicit;
}

export interface ToolDefinition<C, I extends z.ZodObject, O extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: I;
  readonly output: O;
  readonly annotations: ToolAnnotations;
  readonly run: (context: C, input: z.output<I>, call: ToolCall) => Promise<z.input<O>>;
}

type JsonSchema = Readonly<Record<string, unknown>>;

/** A tool as it is listed, and how it is called. `C` is what its server gives to all of its tools. */
export interface Tool<C> {
  readonly name: string;
  readonly listed: () => {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly inputSchema: JsonSchema;
    readonly outputSchema: JsonSchema;
    readonly annotations: ToolAnnotations;
  };
  /** @throws ZodError where the arguments do not fit */
  readonly call: (context: C, args: unknown, call: ToolCall) => Promise<Readonly<Record<string, unknown>>>;
}

/** Gives a tool its two halves: what is told of it, and what it does with arguments that were checked. */
export function tool<C, I extends z.ZodObject, O extends z.ZodObject>(definition: ToolDefinition<C, I, O>): Tool<C> {
  const { name, title, description, input, output, annotations, run } = definition;
  let listed: ReturnType<Tool<C>["listed"]> | undefined;
  return {
    name,
    listed: () =>
      (listed ??= {
        ...{ name, title, description, annotations },
        inputSchema: schemaOf(input, "input"),
        outputSchema: schemaOf(output.extend({ untrusted: untrusted.optional() }), "output"),
      }),
    async call(context, args, call) {
      const result = output.safeParse(await run(context, input.parse(args), call));
      if (result.success) return result.data;
      throw new TypeError(`${name} has made a result that is none: ${result.error.issues[0]?.path.join(".") ?? ""}`);
    },
  };
}

/** Which JSON Schema it is, MCP says itself. */
const schemaOf = (schema: z.ZodObject, io: "input" | "output"): JsonSchema =>
  Object.fromEntries(Object.entries(z.toJSONSchema(schema, { io })).filter(([key]) => key !== "$schema"));
