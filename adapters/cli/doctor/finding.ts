import type { Finding, FindingLevel, FindingTopic } from "tg-guarded";

export const finding = (level: FindingLevel, topic: FindingTopic, text: string, mend?: string): Finding => ({
  topic,
  level,
  text,
  ...(mend === undefined ? {} : { mend }),
});
