import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { Sealing } from "@/components/audit/sealing";
import { DeliveryStatus } from "@/components/broadcasts/delivery-status";
import { Letterhead } from "@/components/layout/lockup";
import { Facts } from "@/components/ui/facts";
import { Hash } from "@/components/ui/hash";
import { KeepActions } from "@/components/ui/keep-actions";
import { ProofSheet } from "@/components/ui/proof-sheet";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { NotFound } from "@/domain/errors";
import { type Evidence, readEvidence, readTellingProof } from "@/domain/evidence/take-evidence";
import { findMessage } from "@/domain/inbox/list";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { publicAddress } from "@/server/public-metadata";
import { requireContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";
import { vendorName } from "@/server/vendor";
import { noticeTitle } from "@/wording/notice-line";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ account?: string | string[] }>;
};

export async function generateMetadata() {
  const t = await getTranslations("inbox.receipt");
  return { title: t("name") };
}

/** That an account was told, as one sheet for paper: what, when, whom, and by what it is checked without us. */
export default async function TellingReceiptPage({ params, searchParams }: Props) {
  const ctx = await requireContext("inbox.readOwn");
  const [{ id }, { account: wanted }] = [await params, await searchParams];
  const message = await orNotFound(findMessage(ctx, { id }));
  const of = message.toldTo.find((one) => one.id === wanted) ?? message.toldTo[0];
  const about = { broadcastId: message.broadcastId, accountId: of?.id ?? "" };
  const evidence = await orNotFound(
    of ? readEvidence(ctx, about) : Promise.reject(new NotFound("errors.notFound")),
  );
  const proof = await readTellingProof(ctx, about);
  const locale = localeIn(await getLocale());
  const [t, inbox] = [await getTranslations("inbox.receipt"), await getTranslations("inbox")];
  const title = noticeTitle(message.told, locale);
  return (
    <ProofSheet
      crumbs={[
        { href: "/inbox", label: inbox("title") },
        { href: at("/inbox/*", id), label: title },
        { label: t("name") },
      ]}
      head={<Letterhead owner={vendorName(locale)} />}
      kind={t("name")}
      number={about.broadcastId}
      sentence={t("sentence", { account: evidence.account.name, title })}
      check={
        <>
          <h2 className="text-ui text-ink-muted">{t("hash")}</h2>
          <Hash value={evidence.broadcast.factsHash} full />
          <Sealing proof={proof} />
        </>
      }
      stamp={{ look: "plain", word: t("stamp"), at: evidence.broadcast.startedAt }}
      keep={
        <KeepActions
          {...(proof && {
            proof: withLanguage(
              locale,
              at("/evidence/*/*/proof.json", about.broadcastId, about.accountId),
            ),
          })}
          address={publicAddress(
            locale,
            at("/inbox/*/receipt", id, {
              account: message.toldTo.length > 1 && about.accountId,
            }),
          )}
          check={publicAddress(locale, "/verify")}
        />
      }
    >
      <Told evidence={evidence} />
    </ProofSheet>
  );
}

/** Whose it is, when it began, and how far each copy came. */
function Told({ evidence: { account, broadcast, told, takenAt } }: { evidence: Evidence }) {
  const [t, board] = [useTranslations("inbox.receipt"), useTranslations("broadcasts.board")];
  return (
    <>
      <Facts
        facts={[
          { term: t("account"), value: `${account.name} ${account.uin}` },
          { term: t("startedAt"), value: <Time at={broadcast.startedAt} form="full" /> },
          { term: t("asOf"), value: <Time at={takenAt} form="full" /> },
        ]}
      />
      <div className="mt-5">
        <Table
          caption={t("people")}
          rows={told.map((one, index) => ({ ...one, key: String(index) }))}
          rowKey={({ key }) => key}
          columns={[
            { header: t("person"), rowHeader: true, cell: ({ person }) => person.name },
            { header: t("channel"), cell: ({ channel }) => board(`channel.${channel}`) },
            { header: t("status"), cell: ({ status }) => <DeliveryStatus status={status} /> },
            {
              header: t("last"),
              cell: ({ events }) => {
                const last = events.at(-1);
                return last ? <Time at={last.at} form="table" /> : null;
              },
            },
          ]}
        />
      </div>
    </>
  );
}
