import { Link } from "react-email";

import type { Locale } from "@/db/vocabulary/languages";

import { BODY, BREAK_WORDS, CAPTION, COLOURS, LINK } from "./style";
import { Lines, PartHeading } from "./text";

export type Change = {
  text: string;
  locale: Locale;
  /** The whole address of its clause, and its words; null where no clause is named. */
  clause: { href: string; label: string } | null;
};

type ListProps = { items: readonly Change[]; locale: Locale };
type ChangesProps = {
  heading: string;
  changes: readonly Change[];
  locale: Locale;
  note: string | null;
};

/** The concrete changes, numbered: what the law and the guide ask a notice to state (P01, P41). */
export function ChangeList({ heading, changes, locale, note }: ChangesProps) {
  return (
    <>
      <table role="presentation" width="100%" border={0} cellPadding="0" cellSpacing="0">
        <tbody>
          <tr>
            <td style={{ borderTop: `2px solid ${COLOURS.ink}`, padding: "16px 0 4px" }}>
              <h2 style={{ ...BODY, margin: 0, fontSize: "17px", fontWeight: 600 }}>{heading}</h2>
              {note && <p style={{ ...CAPTION, margin: "4px 0 0" }}>{note}</p>}
            </td>
          </tr>
        </tbody>
      </table>
      <NumberedList items={changes} locale={locale} />
    </>
  );
}

/** A part of a notice that is a list: what was done, what to do. */
export function NumberedPart({ heading, items, locale }: ListProps & { heading: string }) {
  return (
    <>
      <PartHeading>{heading}</PartHeading>
      <NumberedList items={items} locale={locale} />
    </>
  );
}

function NumberedList({ items, locale }: ListProps) {
  return (
    <table role="presentation" width="100%" border={0} cellPadding="0" cellSpacing="0">
      <tbody>
        {items.map(({ text, locale: language, clause }, index) => (
          <tr key={index} data-text="row">
            <td data-text="number" width="32" valign="top" style={NUMBER}>
              {index + 1}
            </td>
            <td
              data-text="value"
              valign="top"
              style={{ ...BODY, ...BREAK_WORDS, padding: "8px 0" }}
            >
              <span {...(language !== locale && { lang: language })}>
                <Lines text={text} />
              </span>
              {clause && (
                <div style={{ ...CAPTION, fontSize: "13px" }}>
                  <Link href={clause.href} style={LINK}>
                    {clause.label}
                  </Link>
                </div>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const NUMBER = { ...BODY, width: "32px", padding: "8px 0", color: COLOURS.inkMuted };
