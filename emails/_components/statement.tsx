import { languageOf } from "@/lib/localized";

import { BODY, BREAK_WORDS, COLOURS } from "./style";
import { Lines } from "./text";

/** What was agreed to or refused, word for word, in the language in which it was shown. */
export function Statement({ text }: { text: string }) {
  return (
    <table role="presentation" width="100%" border={0} cellPadding="0" cellSpacing="0">
      <tbody>
        <tr>
          <td
            lang={languageOf(text)}
            style={{
              ...BODY,
              ...BREAK_WORDS,
              padding: "14px 16px",
              backgroundColor: COLOURS.sunken,
              borderRadius: "6px",
            }}
          >
            <Lines text={text} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}
