import { BREAK_ANYWHERE, BREAK_WORDS, CAPTION, COLOURS, FONT_CODE, UI } from "./style";
import { Lines } from "./text";

export type Fact = {
  term: string;
  value: string;
  isCode?: boolean;
  isStrong?: boolean;
  /** The term is a number, which is broken nowhere. */
  isWhole?: boolean;
};

export function FactRows({ facts }: { facts: readonly Fact[] }) {
  return (
    <table role="presentation" width="100%" border={0} cellPadding="0" cellSpacing="0">
      <tbody>
        {facts.map(({ term, value, isCode, isStrong, isWhole }) => (
          <tr key={term} data-text="row">
            <td
              data-text="term"
              width="30%"
              valign="top"
              style={isWhole ? { ...TERM, whiteSpace: "nowrap" } : TERM}
            >
              {term}
            </td>
            <td
              data-text="value"
              valign="top"
              style={{ ...VALUE, ...(isCode ? CODE : BREAK_WORDS) }}
            >
              {isStrong ? (
                <strong>
                  <Lines text={value} />
                </strong>
              ) : (
                <Lines text={value} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const CELL = { borderTop: `1px solid ${COLOURS.line}`, padding: "8px 0" } as const;
const TERM = { ...UI, ...CELL, width: "30%", paddingRight: "10px", color: COLOURS.inkMuted };
const VALUE = { ...UI, ...CELL };
const CODE = {
  ...CAPTION,
  ...BREAK_ANYWHERE,
  lineHeight: "24px",
  color: COLOURS.inkSoft,
  fontFamily: FONT_CODE,
};
