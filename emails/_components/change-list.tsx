import { Link } from "react-email";

import type { Locale } from "@/db/vocabulary/languages";
import type { ChangeRun } from "@/text/change-words";
import type { Text as NoticeText } from "@/wording/incident-notice";

import { ChangeWords, NoticeWords, Runs } from "./change-words";
import { BODY, BREAK_WORDS, CAPTION, COLOURS, LINK } from "./style";
import { Lines, PartHeading } from "./text";

export type Change = {
  text: string;
  locale: Locale;
  /** The whole address of its clause, and its words; null where no clause is named. */
  clause: { href: string; label: string } | null;
};

type Row = { shown: React.ReactNode; clause: Change["clause"] };
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
      <NumberedList
        rows={changes.map(({ text, locale: language, clause }) => ({
          shown: <ChangeWords text={text} lang={language === locale ? undefined : language} />,
          clause,
        }))}
      />
    </>
  );
}

type PartProps = { heading: string; items: readonly NoticeText[]; locale: Locale };

/** A part of a notice that is a list: what was done, what to do. */
export function NumberedPart({ heading, items, locale }: PartProps) {
  return (
    <>
      <PartHeading>{heading}</PartHeading>
      <NumberedList
        rows={items.map((text) => ({
          shown: <NoticeWords text={text} own={locale} />,
          clause: null,
        }))}
      />
    </>
  );
}

/** What becomes of a version's lists, a sentence each, what is sensitive in bold (P05). */
export function ListsPart({ heading, lines }: { heading: string; lines: readonly ChangeRun[][] }) {
  return (
    <>
      <PartHeading>{heading}</PartHeading>
      <NumberedList rows={lines.map((runs) => ({ shown: <Runs runs={runs} />, clause: null }))} />
    </>
  );
}

type Entry = { kind: string; title: string; note: string; link: NonNullable<Change["clause"]> };

/** What stands together in one mail, each with the way to all of it. */
export const EntriesPart = ({ entries }: { entries: readonly Entry[] }) => (
  <NumberedList
    rows={entries.map(({ kind, title, note, link }) => ({
      shown: (
        <>
          <span style={{ ...CAPTION, fontSize: "13px" }}>{`${kind} · ${note}`}</span>
          <br />
          <Lines text={title} />
        </>
      ),
      clause: link,
    }))}
  />
);

function NumberedList({ rows }: { rows: readonly Row[] }) {
  return (
    <table role="presentation" width="100%" border={0} cellPadding="0" cellSpacing="0">
      <tbody>
        {rows.map(({ shown, clause }, index) => (
          <tr key={index} data-text="row">
            <td data-text="number" width="32" valign="top" style={NUMBER}>
              {index + 1}
            </td>
            <td
              data-text="value"
              valign="top"
              style={{ ...BODY, ...BREAK_WORDS, padding: "8px 0" }}
            >
              {shown}
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
