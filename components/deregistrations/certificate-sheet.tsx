import { useLocale, useTranslations } from "next-intl";

import { Sealing } from "@/components/audit/sealing";
import { Letterhead } from "@/components/layout/lockup";
import { Hash, HashStatus } from "@/components/ui/hash";
import { KeepActions } from "@/components/ui/keep-actions";
import { ProofSheet } from "@/components/ui/proof-sheet";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import type { SealedProof } from "@/domain/audit/proof";
import type { Certificate } from "@/domain/broadcasts/deregistration-facts";
import { certificateText, type CertificateText } from "@/wording/deregistration-certificate";

import { BroadcastFacts } from "../broadcasts/broadcast-facts";

type Props = {
  certificate: { stated: Certificate; hash: string; canonical: string; isUnchanged: boolean };
  proof: SealedProof | null;
  /** Where the proof is downloaded, once there is one; the address holds the key. */
  proofFile: string;
  /** Where a proof is checked, in full. */
  check: string;
  vendor: string;
};

export function CertificateSheet({ certificate, proof, proofFile, check, vendor }: Props) {
  const { stated, hash, canonical, isUnchanged } = certificate;
  const t = useTranslations("deregistrations.certificate");
  const text = certificateText(stated, useLocale());
  return (
    <ProofSheet
      head={<Letterhead owner={vendor} />}
      kind={t("title")}
      number={stated.number}
      sentence={text.lead}
      check={
        <>
          <h2 className="text-ui text-ink-muted">{t("hash")}</h2>
          <Hash value={hash} full />
          <p className="mt-1">
            <HashStatus isSame={isUnchanged}>{t(isUnchanged ? "matches" : "differs")}</HashStatus>
          </p>
          <Sealing proof={proof} />
        </>
      }
      stamp={{ look: "plain", word: t("stamp"), at: stated.completedAt }}
      keep={
        <>
          <KeepActions {...(proof && { proof: proofFile })} check={check} />
          <HowToVerify canonical={canonical} />
        </>
      }
    >
      <BroadcastFacts facts={text.facts} />
      <div className="mt-6">
        {text.stores.length > 0 && (
          <Section title={t("stores")} note={t("storesNote")}>
            <BroadcastFacts
              facts={text.stores.map(({ what, said }) => ({ term: what, value: said }))}
            />
          </Section>
        )}
        {text.parts.map((part) => (
          <Part key={part.fate} part={part} />
        ))}
      </div>
      {text.lastMails && <p className="max-w-measure mt-6 print:mt-2">{text.lastMails}</p>}
      <p className="max-w-measure text-ink-soft mt-3 print:mt-1">{text.law}</p>
    </ProofSheet>
  );
}

function HowToVerify({ canonical }: { canonical: string }) {
  const t = useTranslations("deregistrations.certificate");
  return (
    <details className="max-w-proof mt-5 print:hidden">
      <summary className="text-link cursor-pointer py-1">{t("verify")}</summary>
      <p className="max-w-measure mt-1">{t("verifyText")}</p>
      <pre className="bg-sunken text-caption mt-2 rounded-md p-3 font-mono wrap-anywhere whitespace-pre-wrap">
        {canonical}
      </pre>
    </details>
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
