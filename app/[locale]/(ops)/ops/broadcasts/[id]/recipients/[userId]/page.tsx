import { getLocale, getTranslations } from "next-intl/server";

import { EvidenceLink } from "@/components/audit/evidence-link";
import { TellingProof } from "@/components/audit/telling-proof";
import { DeliveryStatus } from "@/components/broadcasts/delivery-status";
import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { TOLD_TO_ACCOUNTS } from "@/db/vocabulary/broadcasts";
import { may } from "@/domain/access/permissions";
import { findBroadcast } from "@/domain/broadcasts/find";
import { readRecipient } from "@/domain/broadcasts/read-recipient";
import { readTellingProof } from "@/domain/evidence/take-evidence";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { noticeTitle } from "@/wording/notice-line";

import { RecipientTimeline } from "./_components/recipient-timeline";

type Props = { params: Promise<{ id: string; userId: string }> };

export async function generateMetadata({ params }: Props) {
  const ctx = await requireContext("broadcast.read");
  const { id, userId } = await params;
  const { name } = await orNotFound(readRecipient(ctx, { broadcastId: id, userId }));
  const t = await getTranslations("broadcasts.board.recipient");
  return { title: t("pageTitle", { name }) };
}

/** One recipient: how the mail went, attempt by attempt, and the in-site message beside it. */
export default async function RecipientPage({ params }: Props) {
  const { id, userId } = await params;
  const ctx = await requireContext("broadcast.read");
  const [{ told }, recipient] = await Promise.all([
    orNotFound(findBroadcast(ctx, { id })),
    orNotFound(readRecipient(ctx, { broadcastId: id, userId })),
  ]);
  const [t, locale] = await Promise.all([getTranslations("broadcasts.board"), getLocale()]);
  const { name, accounts, mail, inbox } = recipient;
  const mayTake =
    may(ctx.actor, "audit.read") && TOLD_TO_ACCOUNTS.some((kind) => kind === told.kind);
  const title = noticeTitle(told, locale);
  const [account] = accounts;
  const about = mayTake && account && { broadcastId: id, accountId: account.id };

  return (
    <>
      <PageHead
        title={name}
        crumbs={[
          { label: t("list.title"), href: "/ops/broadcasts" },
          { label: title, href: at("/ops/broadcasts/*", id) },
          { label: name },
        ]}
      />
      <Facts
        facts={[
          {
            term: t("recipient.accounts"),
            value:
              accounts.length === 0
                ? t("recipient.noAccount")
                : accounts.map((account) => (
                    <span key={account.id} className="block leading-7">
                      <Link href={at("/ops/accounts/*", account.id)}>{account.name}</Link>{" "}
                      <span className="text-ink-muted tabular-nums">{account.uin}</span>
                      {mayTake && (
                        <span className="block">
                          <EvidenceLink broadcastId={id} accountId={account.id} />
                        </span>
                      )}
                    </span>
                  )),
          },
          {
            term: t("channel.email"),
            value: mail ? (
              <span className="flex flex-wrap gap-x-3">
                <DeliveryStatus status={mail.status} />
                <span className="wrap-anywhere">{mail.address}</span>
              </span>
            ) : (
              t("recipients.noMail")
            ),
          },
          {
            term: t("channel.inbox"),
            value: !inbox ? (
              t("recipients.nothing")
            ) : inbox.readAt ? (
              <>
                {t("recipients.read")} <Time at={inbox.readAt} />
                {inbox.knownAt && (
                  <span className="block">
                    {t("recipients.known")} <Time at={inbox.knownAt} />
                  </span>
                )}
              </>
            ) : (
              t("recipients.unread")
            ),
          },
        ]}
      />
      <Section title={t("recipient.way")}>
        <RecipientTimeline broadcastId={id} events={recipient.events} />
      </Section>
      {about && <TellingProof {...about} proof={await readTellingProof(ctx, about)} />}
    </>
  );
}
