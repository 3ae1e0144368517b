import { Fragment } from "react";
import { Heading, Text } from "react-email";

import { BODY, BREAK_WORDS, COLOURS } from "./style";

export function Paragraph({ children }: { children: React.ReactNode }) {
  return (
    <Text style={{ ...BODY, ...BREAK_WORDS, margin: "0 0 12px" }}>
      {typeof children === "string" ? <Whole text={children} /> : children}
    </Text>
  );
}

/** What may hold lists, which no paragraph does. */
export const Body = ({ children }: { children: React.ReactNode }) => (
  <div style={{ ...BODY, ...BREAK_WORDS, margin: "0 0 12px" }}>{children}</div>
);

export function PartHeading({ children }: { children: string }) {
  return (
    <Heading
      as="h2"
      style={{
        margin: "32px 0 12px",
        fontSize: "17px",
        lineHeight: "26px",
        fontWeight: 600,
        color: COLOURS.ink,
      }}
    >
      <Whole text={children} />
    </Heading>
  );
}

/** Text with its line ends kept: the renderer of Outlook ignores white-space. */
export function Lines({ text }: { text: string }) {
  return text.split(/\r\n|\r|\n/).map((line, index) => (
    <Fragment key={index}>
      {index > 0 && <br />}
      <Whole text={line} />
    </Fragment>
  ));
}

/** A line in which no number of ours (R-2026-000123) is torn at its hyphens. */
export function Whole({ text }: { text: string }) {
  return text.split(/([A-Z]-\d{4}-\d{6})/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} style={{ whiteSpace: "nowrap" }}>
        {part}
      </span>
    ),
  );
}
