import { languageOf } from "@/lib/localized";

import { BODY, BREAK_WORDS, COLOURS } from "./style";
import { Lines } from "./text";

/** What was agreed to or refused, word for word, in the language in which it was shown. */
export const Statement = ({ text }: { text: string }) => (
  <StatementBox lang={languageOf(text)}>
    <Lines text={text} />
  </StatementBox>
);

export function StatementBox({ lang, children }: { lang: string; children: React.ReactNode }) {
  return (
    <table role="presentation" width="100%" border={0} cellPadding="0" cellSpacing="0">
      <tbody>
        <tr>
          <td
            lang={lang}
            style={{
              ...BODY,
              ...BREAK_WORDS,
              padding: "14px 16px",
              backgroundColor: COLOURS.sunken,
              borderRadius: "6px",
            }}
          >
            {children}
          </td>
        </tr>
      </tbody>
    </table>
  );
}
