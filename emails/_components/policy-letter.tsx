import { Section, Text } from "react-email";

import type { PolicyChangeFacts } from "@/domain/broadcasts/facts";
import { type Address } from "@/lib/addresses";
import { PLACEHOLDERS } from "@/lib/placeholders";
import { policyWords, type ToldPolicy } from "@/wording/policy-change";
import { translator } from "@/messages/translator";
import { changeText } from "@/text/change-words";

import { ActionButton, MoreLinks } from "./button";
import { ChangeList, ListsPart } from "./change-list";
import { FactRows } from "./facts";
import { Layout } from "./layout";
import { Kicker } from "./marks";
import { ChooseMails } from "./optional";
import { addressOf, type Sender } from "./sender";
import { CAPTION, UI } from "./style";
import { Paragraph, PartHeading } from "./text";

export type PolicyLetterProps = Sender & { facts: PolicyChangeFacts };

type Props = { kind: ToldPolicy["kind"]; subject: string; why: string; mandatory: string } & {
  letter: PolicyLetterProps;
};

/** A mail about a version: the change itself and the reminder differ in their sentences only. */
export function PolicyLetter({ kind, subject, why, mandatory, letter }: Props) {
  const { facts, ...sender } = letter;
  const { locale } = sender;
  const t = translator(locale, "emails");
  const words = translator(locale, "broadcasts");
  const notice = policyWords({ kind, facts }, locale);
  const here = (address: Address) => addressOf(sender, address);
  const hash = t("policy.hash", { label: facts.label, hash: facts.contentHash });

  return (
    <Layout
      sender={sender}
      subject={subject}
      preview={previewOf(notice.changes)}
      kicker={<Kicker mark={facts.isMajor ? words("kind.major") : undefined}>{notice.kind}</Kicker>}
      title={notice.title}
      footer={[why, mandatory, hash]}
    >
      <Paragraph>{t("hello", { name: PLACEHOLDERS.name })}</Paragraph>
      <Paragraph>{notice.lead}</Paragraph>
      <Paragraph>
        <strong>{notice.ask}</strong>
      </Paragraph>
      <Section style={{ padding: "8px 0 24px" }}>
        <FactRows
          facts={notice.facts.map(({ at, ...fact }) => ({ ...fact, isStrong: Boolean(at) }))}
        />
      </Section>
      <ChangeList
        heading={notice.changesHeading}
        locale={locale}
        note={notice.bindingNote}
        changes={notice.changes.map(({ clause, ...change }) => ({
          ...change,
          clause: clause && { href: here(clause.href), label: clause.label },
        }))}
      />
      {notice.lists && <ListsPart {...notice.lists} />}
      <Section style={{ padding: "20px 0 0" }}>
        <ActionButton href={here(notice.action.href)}>{notice.action.label}</ActionButton>
        <MoreLinks links={notice.links.map(({ href, label }) => ({ href: here(href), label }))} />
      </Section>
      {notice.reasons.length > 0 && (
        <Reasons heading={words("reasons.heading")} reasons={notice.reasons} />
      )}
      <PartHeading>{words("steps.heading")}</PartHeading>
      <FactRows facts={notice.steps.map(({ who, what }) => ({ term: who, value: what }))} />
      {kind === "policy_change" && !facts.isMajor && <ChooseMails sender={sender} />}
      {notice.silence && <Text style={{ ...CAPTION, margin: "12px 0 0" }}>{notice.silence}</Text>}
    </Layout>
  );
}

function Reasons({ heading, reasons }: { heading: string; reasons: readonly string[] }) {
  return (
    <>
      <PartHeading>{heading}</PartHeading>
      <ul style={{ margin: 0, padding: "0 0 0 20px" }}>
        {reasons.map((reason) => (
          <li key={reason} style={{ ...UI, margin: "0 0 4px" }}>
            {reason}
          </li>
        ))}
      </ul>
    </>
  );
}

function previewOf(changes: readonly { text: string }[]): string {
  return changes.map(({ text }, index) => `${index + 1}. ${changeText(text)}`).join(" ");
}
