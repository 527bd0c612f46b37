import { pathToFileURL } from "node:url";
import { z } from "zod";
import { SAVES } from "../../mcp/annotations.js";
import type { ServerContext } from "../../mcp/context.js";
import { defined, flag } from "../../mcp/defined.js";
import { group, messageId } from "../../mcp/parameters.js";
import { tool } from "../../mcp/tool.js";
import { words } from "../../mcp/words.js";

export const downloadMedia = tool({
  name: "tg_download_media",
  title: "Save a file",
  description:
    "Saves the photo or file of a message inside of the folders that a person has allowed, never over another file. Stopped, the same call goes on where it was. One request, and one for each 512 KiB. The file is somebody else's: data, nothing to run.",
  input: z.strictObject({
    group,
    message_id: messageId,
    output_dir: z
      .string()
      .trim()
      .min(1)
      .max(1024)
      .optional()
      .describe("A folder inside of the allowed ones, relative to the first of them, which is meant without it."),
  }),
  output: z.object({
    success: z.literal(true),
    path: words(4096),
    size: z.int().describe("In bytes."),
    media_type: z.string().regex(/^[a-z_]+$/),
    resumed: z.literal(true).optional(),
  }),
  annotations: SAVES,
  async run({ client }: ServerContext, { group, message_id, output_dir }, { signal, progress, link }) {
    const { path, bytes, media, resumed } = await (
      await client()
    ).read.downloadMedia(group, message_id, {
      // The ending says that a folder is meant, whether it is there or not.
      ...defined({ to: output_dir === undefined ? undefined : `${output_dir}/` }),
      signal,
      onProgress: ({ doneBytes, totalBytes }) => {
        progress(doneBytes, totalBytes);
      },
    });
    link({ uri: pathToFileURL(path).href, name: `file of message ${message_id}`, size: bytes });
    return defined({ success: true as const, path, size: bytes, media_type: media.type, resumed: flag(resumed) });
  },
});
