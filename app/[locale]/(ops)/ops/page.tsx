import { getLocale, getTranslations } from "next-intl/server";

import { BroadcastTable } from "@/components/broadcasts/delivery-list";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { listBroadcasts } from "@/domain/broadcasts/list";
import { countUnreached } from "@/domain/broadcasts/unreached";
import { type Context, type Person } from "@/domain/context";
import { countSendings } from "@/domain/incidents/read-sendings";
import { listAhead } from "@/domain/policies/list-ahead";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { ScheduledAnnouncements } from "./_notices/scheduled";
import { AheadTable } from "./_components/ahead-table";
import { CallbackBanner } from "./_components/callback-banner";
import { DeskFigures } from "./_components/desk-figures";
import { DeskRequests } from "./_components/desk-requests";
import { DeskTodos } from "./_components/desk-todos";
import { RehearsalBanner } from "./_components/rehearsal-clock";
import { UnreachedBanner } from "./_components/unreached-banner";

const RECENT = 5;

export async function generateMetadata() {
  const t = await getTranslations("ops.desk");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ drafts?: string; ahead?: string }> };

export default async function DeskPage({ searchParams }: Props) {
  const ctx = await requireContext("staff.home");
  const reviewsRequests = may(ctx.actor, "request.review");
  const [readsDrafts, readsBroadcasts] = [
    may(ctx.actor, "policy.readDrafts"),
    may(ctx.actor, "broadcast.read"),
  ];
  const { drafts, ahead: page } = await searchParams;
  const [t, locale, ahead, sent, unreached] = await Promise.all([
    getTranslations("ops.desk"),
    getLocale(),
    readsDrafts ? listAhead(ctx, { page }) : null,
    readsBroadcasts ? listBroadcasts(ctx, { size: RECENT }) : { rows: [] },
    may(ctx.actor, "unreached.settle") ? countUnreached(ctx, {}) : 0,
  ]);

  return (
    <>
      <PageHead title={t("title")} note={t("greeting", { name: ctx.actor.name })} />
      <DeskFigures ctx={ctx} />
      <SendingsBanner ctx={ctx} />
      <CallbackBanner ctx={ctx} />
      <RehearsalBanner ctx={ctx} />
      <UnreachedBanner
        accounts={unreached}
        title={t("unreached.title", { accounts: unreached })}
        className="mb-8"
      />
      {(readsDrafts || !reviewsRequests) && (
        <Section title={t("todo.title")}>
          <DeskTodos {...{ ctx, drafts, locale }} />
        </Section>
      )}
      {reviewsRequests && <DeskRequests ctx={ctx} />}
      {ahead && (
        <Section
          id="ahead"
          title={t("ahead.title")}
          more={<Link href="/ops/policies">{t("ahead.all")}</Link>}
        >
          <AheadTable ctx={ctx} ahead={ahead.rows} locale={locale} />
          <Pager
            name="ahead"
            href={at("/ops", { "#": "ahead" })}
            previous={ahead.previous}
            next={ahead.next}
          />
        </Section>
      )}
      <ScheduledAnnouncements ctx={ctx} />
      {readsBroadcasts && (
        <Section title={t("sent.title")} more={<Link href="/ops/broadcasts">{t("sent.all")}</Link>}>
          {sent.rows.length === 0 ? (
            <EmptyState title={t("sent.empty")}>{t("sent.emptyText")}</EmptyState>
          ) : (
            <BroadcastTable caption={t("sent.title")} broadcasts={sent.rows} />
          )}
        </Section>
      )}
    </>
  );
}

/** What left by one person's word waits for an approver, half an hour at most: said above all else. */
async function SendingsBanner({ ctx }: { ctx: Context & { actor: Person } }) {
  if (!may(ctx.actor, "notice.review")) return null;
  const { waiting, unseen } = await countSendings(ctx, {});
  if (waiting === 0) return null;
  const t = await getTranslations("incidents.desk.emergency");
  return (
    <div className="mb-8">
      <Banner
        tone="danger"
        title={unseen > 0 ? t("deskUnseen", { count: unseen }) : t("desk", { count: waiting })}
        actions={
          <ButtonLink href="/ops/reviews" size="sm">
            {t("open")}
          </ButtonLink>
        }
      >
        {t("deskText")}
      </Banner>
    </div>
  );
}
