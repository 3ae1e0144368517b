import type { Channel } from "../channel";
import { cardOf, plainInMarkdown, readRobot } from "../robot";

/** `markdown.content` holds no more bytes of UTF-8 than this. */
const MOST_BYTES = 4096;
/** Room for the longest title, and for the link, beside the text. */
const FRAME_BYTES = 1200;

export const wecom: Channel = {
  compose: (telling) => {
    const most = MOST_BYTES - FRAME_BYTES;
    const { title, isUrgent, text, button } = cardOf(telling, { most, plain: plainInMarkdown });
    const head = isUrgent ? `**<font color="warning">${title}</font>**` : `**${title}**`;
    const content = `${head}\n\n${text}\n\n[${button.label}](${button.url})`;
    return JSON.stringify({ msgtype: "markdown", markdown: { content } });
  },

  request: (body, { address }) => ({
    url: address,
    headers: { "content-type": "application/json; charset=utf-8", "user-agent": "gaozhi" },
    body,
  }),

  // 45009: too often. 93000: the address is none, or its robot was taken out of the group.
  read: (answer) => readRobot(answer, { tooOften: [45009], waitMs: 60_000, gone: [93000] }),
};
