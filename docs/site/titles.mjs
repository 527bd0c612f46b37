// A plugin of TypeDoc's: guides go by their first heading instead of their file name.
import { Converter } from "typedoc";

const headingOf = (document) => /^# (.+)$/m.exec(document.content.map(({ text }) => text).join(""))?.[1];

export function load({ converter }) {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const document of project.documents ?? []) document.name = headingOf(document) ?? document.name;
  });
}
