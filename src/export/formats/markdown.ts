import { toMarkdown } from "../../models/markdown.js";
import type { ExportedMessage } from "../exported-message.js";
import type { Format } from "./format.js";

/** Made for reading: a heading for each day, the author and the time before each message. Times are UTC. */
export const markdown = (title: string): Format<ExportedMessage> => ({
  head: `# ${oneLine(title)}\n`,
  tail: "",
  render(items, { count, carry }) {
    let day = carry;
    const parts = items.map((message) => {
      const [date = "", time = ""] = message.date.split("T");
      const heading = date === day ? "" : `\n## ${date}\n`;
      day = date;
      return `${heading}\n${message.type === "service" ? serviceLine(message, time) : block(message, time)}\n`;
    });
    return {
      text: parts.join(""),
      written: { count: count + items.length, ...(day === undefined ? {} : { carry: day }) },
    };
  },
});

const serviceLine = ({ senderName, fromId, action }: ExportedMessage, time: string): string =>
  `*${escaped(senderName ?? String(fromId ?? ""))} · ${action ?? "service"} · ${time.slice(0, 5)}*`;

function block(message: ExportedMessage, time: string): string {
  const { senderName, fromId, id, forward, replyTo, media, file } = message;
  const author = escaped(senderName ?? (fromId === undefined ? "Channel" : String(fromId)));
  const notes = [
    forward && `forwarded from ${escaped(forward.fromName ?? String(forward.fromId ?? "unknown"))}`,
    replyTo?.messageId !== undefined && `in reply to ${replyTo.messageId}`,
  ].filter(Boolean);
  const head = [`**${author}** ${time.slice(0, 5)} \`${id}\``, ...notes].join(" · ");
  const attached = media && `[${media.type}${media.fileName === undefined ? "" : `: ${escaped(media.fileName)}`}]`;
  const link = file === undefined ? attached : `${attached ?? ""}(<${encodeURI(file)}>)`;
  const text = message.text === "" ? undefined : quoted(toMarkdown(message.text, message.entities));
  return [head, link, text].filter((part) => part !== undefined).join("\n\n");
}

/** Whatever people wrote stands in a quotation, so that it can be no heading of ours. */
const quoted = (text: string): string => `> ${text.replace(/\r\n|[\r\n\u2028\u2029]/g, "\n> ")}`;

/** Characters that Markdown gives a meaning (commonmark.org, backslash escapes). */
const escaped = (text: string): string => oneLine(text).replace(/[\\`*_{}[\]<>()#+!|~-]/g, "\\$&");

/** Line ends of any kind, and controls that turn the direction of what follows. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ");
