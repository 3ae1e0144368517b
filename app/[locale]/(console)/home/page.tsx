import { useLocale } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { NoticeKind } from "@/components/broadcasts/gravity";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { FigureRow } from "@/components/ui/figure";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { listOwnAccountNames } from "@/domain/access/find-accounts";
import { may } from "@/domain/access/permissions";
import type { Told } from "@/domain/broadcasts/facts";
import { readOwnReach } from "@/domain/broadcasts/list-reach";
import { countUnread, listInbox } from "@/domain/inbox/list";
import { listOwnPolicies } from "@/domain/policies/own-policies";
import { listOwnRequests } from "@/domain/requests/read-own";
import { countOpenOwn } from "@/domain/requests/readable-requests";
import { isOpen } from "@/domain/requests/rules";
import { type Address, at } from "@/lib/addresses";
import { redirectTo } from "@/server/redirect";
import { requireContext } from "@/server/session";
import { noticeHref, noticeTitle } from "@/wording/notice-line";

import { readWaiting } from "../_reads/waiting";
import { OwnPolicies } from "./_components/own-policies";
import { OwnRequests } from "./_components/own-requests";
import { TodoOverview } from "./_components/todo-overview";

const RECENT = 3;
/** So many accounts are named below the title; more are counted. */
const NAMED = 5;

export async function generateMetadata() {
  const t = await getTranslations("home.console");
  return { title: t("title") };
}

type PageProps = { searchParams: Promise<{ policies?: string }> };

export default async function HomePage({ searchParams }: PageProps) {
  const ctx = await requireContext("inbox.readOwn");
  // A person without any account has requests, not an overview of accounts.
  if (!may(ctx.actor, "account.readOwn")) return redirectTo("/requests");
  const [t, locale, accounts, waiting, inbox, policies, requests, unread, inProgress, reaches] =
    await Promise.all([
      getTranslations("home.console"),
      getLocale(),
      listOwnAccountNames(ctx, {}),
      readWaiting(),
      listInbox(ctx, { size: RECENT }),
      listOwnPolicies(ctx, { page: (await searchParams).policies }),
      listOwnRequests(ctx, { size: RECENT }),
      countUnread(ctx, {}),
      countOpenOwn(ctx, {}),
      readOwnReach(ctx, {}),
    ]);
  const open = requests.rows.filter(({ status }) => isOpen(status));

  return (
    <>
      <PageHead
        title={t("title")}
        note={
          accounts.length > NAMED
            ? t("accounts", { count: accounts.length })
            : accounts.map(({ name, uin }) => `${name} · UIN ${uin}`).join(" / ")
        }
      />
      <WeakReach reaches={reaches} />
      <TodoOverview waiting={waiting} now={ctx.now} />
      <div className="mt-8">
        <FigureRow
          label={t("figures.title")}
          figures={[
            {
              href: at("/acknowledgements"),
              label: t("figures.answers"),
              count: waiting.pending.count,
            },
            { href: at("/incidents"), label: t("figures.incidents"), count: waiting.advice.length },
            { href: at("/inbox", { show: "unread" }), label: t("figures.unread"), count: unread },
            { href: at("/requests"), label: t("figures.requests"), count: inProgress },
          ]}
        />
      </div>
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <Section
          title={t("requests.title")}
          more={<Link href="/requests">{t("requests.all")}</Link>}
        >
          <OwnRequests requests={open} />
        </Section>
        <div>
          <Section title={t("recent.title")} more={<Link href="/inbox">{t("recent.all")}</Link>}>
            {inbox.rows.length === 0 ? (
              <EmptyState title={t("recent.empty")}>{t("recent.emptyText")}</EmptyState>
            ) : (
              <ul>
                {inbox.rows.map(({ id, told, createdAt }) => (
                  <li key={id} className="border-line border-b py-2.5">
                    <BroadcastSummary told={told} at={createdAt} href={at("/inbox/*", id)} />
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </div>
      </div>
      <div className="mt-8">
        <Section
          title={t("policies.title")}
          more={<Link href="/policies">{t("policies.all")}</Link>}
        >
          <OwnPolicies policies={policies} locale={locale} />
        </Section>
      </div>
    </>
  );
}

type OwnReach = Awaited<ReturnType<typeof readOwnReach>>[number];

/** The reader's accounts that no mail would reach, or whose contacts nobody has looked through for a year, and the way to mend it. */
async function WeakReach({ reaches }: { reaches: readonly OwnReach[] }) {
  const t = await getTranslations("contacts.reach");
  const weak = reaches.filter(({ score, reasons }) => score === 0 || reasons.includes("unchecked"));
  return weak.map(({ accountId, accountName, score }) => {
    const what = score === 0 ? "unreachable" : "unchecked";
    return (
      <div key={accountId} className="mb-4">
        <Banner
          tone={score === 0 ? "danger" : "warn"}
          title={t(`home.${what}`, { account: accountName })}
          actions={
            <ButtonLink size="sm" href={at("/account/contacts", { account: accountId })}>
              {t("home.mend", { account: accountName })}
            </ButtonLink>
          }
        >
          {t(`home.${what}Text`)}
        </Banner>
      </div>
    );
  });
}

type Props = {
  told: Told;
  at: Date | string;
  /** Where the title leads, when not to the item itself: the message, the delivery board. */
  href?: Address;
};

/** A notice in a list: its line, and below it what kind it is and when it was told. */
function BroadcastSummary({ told, at, href = noticeHref(told) }: Props) {
  const locale = useLocale();
  return (
    <>
      <Link href={href} tone="main">
        {noticeTitle(told, locale)}
      </Link>
      <p className="text-small text-ink-muted flex flex-wrap items-center gap-x-2 gap-y-1">
        <Time at={at} form="table" />
        <NoticeKind told={told} />
      </p>
    </>
  );
}
