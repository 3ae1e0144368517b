import { getTranslations } from "next-intl/server";

import { BroadcastBody } from "@/components/broadcasts/broadcast-body";
import { BroadcastTitle } from "@/components/broadcasts/broadcast-title";
import { FollowBanner } from "@/components/broadcasts/follow-banner";
import { WithdrawnBanner } from "@/components/broadcasts/withdrawal-body";
import { EvidenceLink } from "@/components/audit/evidence-link";
import { TellingProof } from "@/components/audit/telling-proof";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { readTellingProof } from "@/domain/evidence/take-evidence";
import { findMessage } from "@/domain/inbox/list";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { markReadAction } from "./actions";
import { Knowing } from "./knowing";
import { MessageButton } from "./message-button";
import type { Room } from "./place";
import { ReadOnOpen } from "./read-on-open";

type Props = { params: Promise<{ id: string }>; room: Room };

export async function MessagePage({ params, room }: Props) {
  const ctx = await requireContext("inbox.readOwn");
  const { id } = await params;
  const message = await orNotFound(findMessage(ctx, { id }));
  const t = await getTranslations("inbox");
  const [told] = message.toldTo;
  const about = told && { broadcastId: message.broadcastId, accountId: told.id };
  const isArchived = message.archivedAt !== null;
  const place = { room, filter: {} };
  const addressOf = (own: string | null) => (own ? at(`${room}/inbox/*`, own) : null);

  return (
    <>
      <PageHead
        crumbs={[{ href: at(`${room}/inbox`), label: t("title") }]}
        title={<BroadcastTitle told={message.told} />}
        note={<Time at={message.createdAt} form="full" />}
        actions={
          <>
            {message.readAt && (
              <MessageButton change="unread" id={id} place={place}>
                {t("markUnread")}
              </MessageButton>
            )}
            <MessageButton change={isArchived ? "restore" : "archive"} id={id} place={place}>
              {t(isArchived ? "unarchive" : "archive")}
            </MessageButton>
          </>
        }
      />
      {message.withdrawnAt && (
        <WithdrawnBanner at={message.withdrawnAt} href={addressOf(message.withdrawalId)} />
      )}
      <FollowBanner
        following={message.following.map(({ messageId, ...one }) => ({
          ...one,
          href: addressOf(messageId),
        }))}
      />
      <div data-without-banner={message.told.kind === "policy_change" || undefined}>
        <BroadcastBody
          told={message.told}
          apps={message.apps}
          original={addressOf(message.followedId)}
        />
      </div>
      <Knowing ctx={ctx} message={message} />
      {about && (
        <div className="mt-8 print:hidden">
          <Section title={t("evidence.title")}>
            <p className="text-ink-muted max-w-measure">{t("evidence.text")}</p>
            <ul className="mt-2 grid gap-1">
              {message.toldTo.map(({ id: accountId, name }) => (
                <li key={accountId}>
                  <EvidenceLink broadcastId={message.broadcastId} accountId={accountId}>
                    {message.toldTo.length > 1 ? name : null}
                  </EvidenceLink>
                  {room === "" && (
                    <p>
                      <Link href={at("/inbox/*/receipt", id, { account: accountId })}>
                        {t("receipt.open")}
                      </Link>
                    </p>
                  )}
                </li>
              ))}
            </ul>
            <TellingProof {...about} proof={await readTellingProof(ctx, about)} />
          </Section>
        </div>
      )}
      {!message.readAt && <ReadOnOpen ids={[id]} markRead={markReadAction} />}
    </>
  );
}
