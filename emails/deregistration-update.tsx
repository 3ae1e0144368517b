import { Fragment } from "react";
import { Section } from "react-email";

import type { Certificate } from "@/domain/broadcasts/deregistration-facts";
import type { DeregistrationUpdateFacts } from "@/domain/broadcasts/facts";
import { certificateText } from "@/wording/deregistration-certificate";
import { deregistrationWords, deregistrationTitle } from "@/wording/deregistration-update";
import { translator } from "@/messages/translator";

import { ActionPart } from "./_components/button";
import { FactRows } from "./_components/facts";
import { Layout } from "./_components/layout";
import { Kicker } from "./_components/marks";
import { SAMPLE_DEREGISTRATION, SAMPLE_SENDER } from "./_components/samples";
import { addressOf, type Sender } from "./_components/sender";
import { subjectOf } from "./_components/subject";
import { Paragraph, PartHeading } from "./_components/text";

type Props = Sender & { facts: DeregistrationUpdateFacts };

/** One step of a deregistration; the last mail carries the certificate in full. It names nobody. */
export default function DeregistrationUpdate({ facts, ...sender }: Props) {
  const t = translator(sender.locale, "deregistrations");
  const notice = deregistrationWords(facts, sender.locale);
  const { number, accountName: account, certificate } = facts;
  return (
    <Layout
      sender={sender}
      subject={deregistrationUpdateSubject({ facts, ...sender })}
      preview={t("mail.preview", { number, account })}
      kicker={<Kicker>{t("kind")}</Kicker>}
      title={notice.title}
      footer={[t("mail.why"), t("mail.mandatory")]}
    >
      <Paragraph>{notice.lead}</Paragraph>
      <Paragraph>{notice.next}</Paragraph>
      {certificate ? (
        <CertificateParts
          stated={certificate.stated}
          hash={certificate.hash}
          locale={sender.locale}
        />
      ) : (
        <FactRows facts={notice.facts.map(({ term, value }) => ({ term, value }))} />
      )}
      <ActionPart href={addressOf(sender, notice.action.href)}>{notice.action.label}</ActionPart>
    </Layout>
  );
}

type CertificateProps = { stated: Certificate; hash: string; locale: Sender["locale"] };

function CertificateParts({ stated, hash, locale }: CertificateProps) {
  const t = translator(locale, "deregistrations");
  const text = certificateText(stated, locale);
  return (
    <>
      <PartHeading>{t("certificate.heading", { number: stated.number })}</PartHeading>
      <Paragraph>{text.lead}</Paragraph>
      <FactRows
        facts={[
          ...text.facts.map(({ term, value }) => ({ term, value })),
          { term: t("certificate.hash"), value: `sha256 ${hash}`, isCode: true },
        ]}
      />
      {text.stores.length > 0 && (
        <>
          <PartHeading>{t("certificate.stores")}</PartHeading>
          <Paragraph>{t("certificate.storesNote")}</Paragraph>
          <FactRows facts={text.stores.map(({ what, said }) => ({ term: what, value: said }))} />
        </>
      )}
      {text.parts.map(({ fate, title, note, items }) => (
        <Fragment key={fate}>
          <PartHeading>{title}</PartHeading>
          <Paragraph>{note}</Paragraph>
          <FactRows
            facts={items.map(({ what, count, why }) => ({
              term: what,
              value: why ? `${count}\n${why}` : String(count),
            }))}
          />
        </Fragment>
      ))}
      <Section style={{ padding: "24px 0 0" }}>
        {text.lastMails && <Paragraph>{text.lastMails}</Paragraph>}
        <Paragraph>{text.law}</Paragraph>
      </Section>
    </>
  );
}

export function deregistrationUpdateSubject({ facts, locale }: Props): string {
  const kind = translator(locale, "deregistrations")("kind");
  return subjectOf(locale, { kind, title: deregistrationTitle(facts, locale) });
}

DeregistrationUpdate.PreviewProps = {
  ...SAMPLE_SENDER,
  facts: SAMPLE_DEREGISTRATION,
} satisfies Props;
