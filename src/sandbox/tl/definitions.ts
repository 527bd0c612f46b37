import { API_METHODS, API_TYPES, MTPROTO_METHODS, MTPROTO_TYPES } from "./schema.js";

export interface Param {
  readonly name: string;
  readonly type: string;
}

/** One line of the schema: a constructor of a type, or a method. */
export interface Definition {
  readonly name: string;
  readonly id: number;
  readonly params: readonly Param[];
  /** The type it constructs, or the type of the method's answer. */
  readonly result: string;
  readonly isMethod: boolean;
}

const LINE = /^([\w.]+)#([0-9a-f]+) (.*)= ([^;]+);$/;

function parseLine(line: string, isMethod: boolean): Definition {
  const [, name, id, params, result] = LINE.exec(line) ?? [];
  if (name === undefined || id === undefined || params === undefined || result === undefined) {
    throw new Error(`unreadable schema line: ${line}`);
  }
  return { name, id: Number.parseInt(id, 16), params: parseParams(params), result, isMethod };
}

function parseParams(text: string): Param[] {
  const words = text.split(" ").filter((word) => word !== "");
  return words.map((word) => {
    const colon = word.indexOf(":");
    return { name: word.slice(0, colon), type: word.slice(colon + 1) };
  });
}

const parse = (text: string, isMethod: boolean): Definition[] =>
  text.split("\n").map((line) => parseLine(line, isMethod));

/** Every definition of the schema, MTProto's own included. */
export function readDefinitions(): Definition[] {
  return [
    ...parse(API_TYPES, false),
    ...parse(MTPROTO_TYPES, false),
    ...parse(API_METHODS, true),
    ...parse(MTPROTO_METHODS, true),
  ];
}
