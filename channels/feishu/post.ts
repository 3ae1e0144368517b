import type { Channel } from "../channel";
import { cardOf, hmacBase64, readRobot } from "../robot";

/** A request is at most 20 KB. */
const MOST_TEXT = 16 * 1024;

export const feishu: Channel = {
  compose: (telling) => {
    const { title, isUrgent, text, button } = cardOf(telling, { most: MOST_TEXT });
    const open = {
      tag: "button",
      text: { tag: "plain_text", content: button.label },
      type: "primary",
      url: button.url,
    };
    return JSON.stringify({
      msg_type: "interactive",
      card: {
        config: { wide_screen_mode: true },
        header: {
          title: { tag: "plain_text", content: title },
          template: isUrgent ? "red" : "blue",
        },
        elements: [
          // Its element of Markdown would call everybody at `<at id=all>`.
          { tag: "div", text: { tag: "plain_text", content: text } },
          { tag: "action", actions: [open] },
        ],
      },
    });
  },

  // The signature's key is moment and secret, its content is empty; the moment holds for an hour.
  request: (body, { address, secrets, now }) => {
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const [secret] = secrets;
    const signed = secret && { timestamp, sign: hmacBase64(`${timestamp}\n${secret}`, "") };
    return {
      url: address,
      headers: { "content-type": "application/json; charset=utf-8", "user-agent": "gaozhi" },
      body: signed ? JSON.stringify({ ...signed, ...(JSON.parse(body) as object) }) : body,
    };
  },

  // 11232: too often. 19001: the address is none any more.
  read: (answer) => readRobot(answer, { tooOften: [11232], waitMs: 60_000, gone: [19001] }),
};
