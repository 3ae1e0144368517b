import { Fragment } from "react";
import { Body, Container, Head, Heading, Html, Preview, Section, Text } from "react-email";

import { translator } from "@/messages/translator";
import { cardLines } from "@/wording/contact-card";
import { leadsOut, type Text as Written } from "@/wording/incident-notice";

import { Masthead } from "./masthead";
import type { Sender } from "./sender";
import { BREAK_WORDS, CAPTION, COLOURS, fontOf, LINK } from "./style";
import { Whole } from "./text";

/** Mail clients show about this much beside the subject. */
const PREVIEW_LENGTH = 100;

type Props = {
  sender: Sender;
  subject: string;
  /** Shown by mail clients beside the subject. */
  preview: string;
  /** Above the title: what kind of mail it is. */
  kicker?: React.ReactNode;
  title: string;
  /** Why the reader gets this and what they can do about it, a paragraph each. */
  footer: readonly string[];
  /** What its author wrote, whose links may lead elsewhere: the foot says so then. */
  written?: readonly Written[];
  children: React.ReactNode;
};

/** The house around every mail: seal, vendor, title, and at the foot why and whom to ask. */
export function Layout({
  sender,
  subject,
  preview,
  kicker,
  title,
  footer,
  written = [],
  children,
}: Props) {
  return (
    <Html lang={sender.locale}>
      <Head>
        <title>{subject}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no, date=no, address=no" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
      </Head>
      <Body lang={sender.locale} style={{ ...PAGE, fontFamily: fontOf(sender.locale) }}>
        <Preview useTitleTag={false}>{[...preview].slice(0, PREVIEW_LENGTH).join("")}</Preview>
        <Container style={{ maxWidth: "600px", margin: "0 auto" }}>
          {sender.test && <TestNote sender={sender} by={sender.test.by} />}
          <Section bgcolor={COLOURS.sheet} style={SHEET}>
            <Masthead sender={sender} />
            {kicker}
            <Heading as="h1" style={TITLE}>
              <Whole text={title} />
            </Heading>
            {children}
          </Section>
          <Foot sender={sender} paragraphs={footer} leadsOut={leadsOut(written, sender.origin)} />
        </Container>
      </Body>
    </Html>
  );
}

/** Above everything, so that nobody takes it for the notice itself. */
function TestNote({ sender, by }: { sender: Sender; by: string }) {
  const t = translator(sender.locale, "emails");
  return (
    <Section bgcolor={COLOURS.sheet} style={TEST}>
      <Text style={{ ...BREAK_WORDS, margin: 0, fontWeight: 600 }}>{t("test.note", { by })}</Text>
    </Section>
  );
}

type FootProps = { sender: Sender; paragraphs: readonly string[]; leadsOut: boolean };

function Foot({ sender, paragraphs, leadsOut: isMixed }: FootProps) {
  const t = translator(sender.locale, "emails");
  const words = translator(sender.locale, "policies");
  const { vendor, origin, contact, card, replyTo } = sender;
  return (
    <Section style={{ padding: "20px 24px 8px" }}>
      {paragraphs.map((paragraph) => (
        <Text key={paragraph} style={NOTE}>
          {paragraph}
        </Text>
      ))}
      <Text style={NOTE}>
        {t.rich(replyTo ? "answer" : "contact", {
          contact,
          mail: (address) => (
            <a href={`mailto:${contact}`} style={LINK}>
              {address}
            </a>
          ),
        })}
      </Text>
      <Text style={NOTE}>
        {cardLines({ lines: card }, sender.locale).map(({ line, text }, index) => (
          <Fragment key={line}>
            {index > 0 && <br />}
            {t("cardLine", { label: words(`card.label.${line}`), text })}
          </Fragment>
        ))}
      </Text>
      <Text style={NOTE}>{t(isMixed ? "fromMixed" : "from", { vendor, origin })}</Text>
    </Section>
  );
}

const PAGE = {
  margin: 0,
  padding: "24px 8px 32px",
  backgroundColor: COLOURS.ground,
  color: COLOURS.ink,
  textAutospace: "normal",
} as const;
const SHEET = {
  backgroundColor: COLOURS.sheet,
  border: `1px solid ${COLOURS.line}`,
  borderRadius: "8px",
  padding: "24px 24px 32px",
};
const TEST = {
  backgroundColor: COLOURS.sheet,
  border: `2px dashed ${COLOURS.ink}`,
  borderRadius: "8px",
  padding: "12px 24px",
  margin: "0 0 16px",
};
const TITLE = {
  ...BREAK_WORDS,
  margin: "0 0 20px",
  fontSize: "22px",
  lineHeight: "32px",
  fontWeight: 600,
  color: COLOURS.ink,
  textWrap: "balance",
} as const;
const NOTE = { ...CAPTION, ...BREAK_WORDS, margin: "0 0 8px" };
