import type { WorldMedia } from "tg-guarded/testing";

/** The bytes of what is attached to a message, as the world has them: of a photo those of its largest size. */
export function worldBytes(media: WorldMedia | undefined): Buffer | undefined {
  if (media === undefined || media.kind === "plain") return undefined;
  const bytes =
    media.kind === "document"
      ? media.bytes
      : [...media.sizes].sort((one, other) => other.width * other.height - one.width * one.height)[0]?.bytes;
  return bytes && Buffer.from(bytes.read(0, bytes.size));
}
