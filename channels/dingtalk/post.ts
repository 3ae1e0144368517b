import type { Channel } from "../channel";
import { cardOf, hmacBase64, plainInMarkdown, readRobot } from "../robot";

/** A message is at most 20,000 bytes. */
const MOST_TEXT = 15_000;

export const dingtalk: Channel = {
  compose: (telling) => {
    const { title, text, button } = cardOf(telling, { most: MOST_TEXT, plain: plainInMarkdown });
    // A line ends where two blanks stand before its end.
    const lines = text.replaceAll("\n", "  \n");
    return JSON.stringify({
      msgtype: "actionCard",
      actionCard: {
        ...{ title, text: `### ${title}\n\n${lines}` },
        ...{ btnOrientation: "0", singleTitle: button.label, singleURL: button.url },
      },
    });
  },

  // Moment in milliseconds and signature stand in the address; the key is the secret.
  request: (body, { address, secrets, now }) => {
    const url = new URL(address);
    const [secret] = secrets;
    const timestamp = String(now.getTime());
    if (secret) {
      url.searchParams.set("timestamp", timestamp);
      url.searchParams.set("sign", hmacBase64(secret, `${timestamp}\n${secret}`));
    }
    return {
      url: url.href,
      headers: { "content-type": "application/json; charset=utf-8", "user-agent": "gaozhi" },
      body,
    };
  },

  // 130101, 410100: too often. 300001: there is no such robot any more. 310000: the signature, or a word it asks for.
  read: (answer) =>
    readRobot(answer, { tooOften: [130101, 410100], waitMs: 600_000, gone: [300001] }),
};
