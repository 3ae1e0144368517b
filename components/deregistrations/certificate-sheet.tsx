import { useLocale, useTranslations } from "next-intl";

import { Hash, HashStatus } from "@/components/ui/hash";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import type { Certificate } from "@/domain/broadcasts/facts";
import { certificateText, type CertificateText } from "@/wording/deregistration-certificate";

import { BroadcastFacts } from "../broadcasts/broadcast-facts";

type Props = {
  certificate: { stated: Certificate; hash: string; canonical: string; isUnchanged: boolean };
};

export function CertificateSheet({ certificate }: Props) {
  const { stated, hash, canonical, isUnchanged } = certificate;
  const t = useTranslations("deregistrations.certificate");
  const text = certificateText(stated, useLocale());
  return (
    <>
      <p className="text-body max-w-measure mb-6">{text.lead}</p>
      <BroadcastFacts facts={text.facts} />
      {text.parts.map((part) => (
        <Part key={part.fate} part={part} />
      ))}
      {text.lastMails && <p className="max-w-measure mt-6">{text.lastMails}</p>}
      <p className="max-w-measure text-ink-soft mt-3">{text.law}</p>
      <Section title={t("hash")}>
        <Hash value={hash} full />
        <p className="mt-2">
          <HashStatus isSame={isUnchanged}>{t(isUnchanged ? "matches" : "differs")}</HashStatus>
        </p>
        <details className="mt-3 print:hidden">
          <summary className="text-link cursor-pointer py-1">{t("verify")}</summary>
          <p className="max-w-measure mt-1">{t("verifyText")}</p>
          <pre className="bg-sunken text-caption mt-2 rounded-md p-3 font-mono wrap-anywhere whitespace-pre-wrap">
            {canonical}
          </pre>
        </details>
      </Section>
    </>
  );
}

function Part({ part }: { part: CertificateText["parts"][number] }) {
  const t = useTranslations("deregistrations.certificate");
  const { fate, title, note, items } = part;
  const isKept = fate === "kept";
  return (
    <Section title={title} note={note}>
      <Table
        caption={title}
        rows={items}
        rowKey={({ key }) => key}
        columns={[
          { header: t("what"), rowHeader: true, cell: ({ what }) => what },
          ...(isKept
            ? [{ header: t("reason"), cell: ({ why }: { why: string | null }) => why }]
            : []),
          {
            header: t("count"),
            align: "end" as const,
            nowrap: true,
            cell: ({ count }) => <span className="tabular-nums">{count}</span>,
          },
        ]}
      />
    </Section>
  );
}
