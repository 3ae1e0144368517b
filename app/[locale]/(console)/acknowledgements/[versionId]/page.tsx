import { getLocale, getTranslations } from "next-intl/server";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import { ChangeList } from "@/components/policies/change-list";
import { PolicyText } from "@/components/policies/policy-text";
import { StopGuide } from "@/components/policies/stop-guide";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { linkClass } from "@/components/ui/link";
import { Countdown } from "@/components/ui/countdown";
import { DetailFrame } from "@/components/layout/detail-frame";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { PolicyVersion } from "@/db/schema";
import { SHOWN_BY } from "@/db/vocabulary/policies";
import { may } from "@/domain/access/permissions";
import type { Context } from "@/domain/context";
import { findAddress } from "@/domain/policies/find-address";
import { listOwnAccountsFor } from "@/domain/policies/own-answers";
import { at } from "@/lib/addresses";
import { redirectTo } from "@/server/redirect";
import { placeNames } from "@/text/places";
import { listOwnConversations } from "@/domain/policies/conversation";
import { readVersion } from "@/domain/policies/read";
import { readStopGuide } from "@/domain/policies/stop-guide";
import { formatDateTime } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { contactMail } from "@/server/vendor";

import { AccountAnswer } from "./_components/account-answer";

type Props = {
  params: Promise<{ versionId: string }>;
  searchParams: Promise<{ by?: string }>;
};

export async function generateMetadata() {
  const t = await getTranslations("acknowledgements");
  return { title: t("page.title") };
}

/** What led here, as the address says. */
const leadOf = ({ by }: { by?: string }) => SHOWN_BY.find((one) => one === by) ?? "page";

export default async function AnswerPage({ params, searchParams }: Props) {
  const [{ versionId }, shownBy] = [await params, leadOf(await searchParams)];
  const ctx = await requireContext("inbox.readOwn");
  if (!may(ctx.actor, "policy.readOwnAnswers")) return toText(ctx, versionId);
  const [t, locale] = await Promise.all([getTranslations("acknowledgements.page"), getLocale()]);
  const { version, slug, productId, accounts, newer } = await orNotFound(
    listOwnAccountsFor(ctx, { versionId }),
  );
  const [shown, ways, talks] = await Promise.all([
    readVersion(ctx, { slug, label: version.label, locale }),
    readStopGuide(ctx, { productId }),
    listOwnConversations(ctx, { versionId }),
  ]);
  const { changes } = shown.version;
  const title = shown.document.titles[locale];
  const isWithdrawn = version.status === "withdrawn";
  const address = at("/policies/*/*", slug, version.label);
  const stop = (
    <StopGuide
      ways={ways}
      version={{ href: address, label: version.label }}
      contact={await contactMail()}
    />
  );

  return (
    <>
      <PageHead
        crumbs={[{ href: "/acknowledgements", label: t("crumb") }]}
        title={t("heading", { title, label: version.label })}
        note={t(isWithdrawn ? "planned" : version.isMajor ? "major" : "minor", {
          date: version.effectiveAt ? formatDateTime(version.effectiveAt, locale) : "",
        })}
        actions={<Reading slug={slug} label={version.label} since={shown.previousLabel} />}
      />
      <ReadAbout ctx={ctx} subjectIds={[versionId, ...talks.map(({ id }) => id)]} />
      {isWithdrawn && (
        <Banner tone="plain" title={t("withdrawn")}>
          {version.withdrawalReason}
        </Banner>
      )}
      <DetailFrame
        isFixed
        scrolls
        lead={
          <ChangeList
            changes={changes}
            locale={locale}
            outline={placeNames(
              shown.text.blocks,
              changes.map(({ anchor }) => anchor),
            )}
          />
        }
        aside={
          <Section id="answers" title={t("answers")} note={!isWithdrawn && t("answersNote")}>
            <Deadline version={version} now={ctx.now} />
            {accounts.length === 0 && <p className="text-ink-muted">{t("notConcerned")}</p>}
            {accounts.map((account) => (
              <AccountAnswer
                key={account.id}
                {...{ account, version, title, stop, newer, talks, shownBy, now: ctx.now }}
              />
            ))}
          </Section>
        }
      >
        <Section
          title={t("fullText")}
          note={
            <a href="#answers" className={`${linkClass()} xl:hidden`}>
              {t("toAnswers")}
            </a>
          }
        >
          <PolicyText blocks={shown.text.blocks} lang={shown.text.locale} />
        </Section>
      </DetailFrame>
    </>
  );
}

type DeadlineProps = { version: Pick<PolicyVersion, "status" | "effectiveAt">; now: Date };

/** How long there is to answer: a version that takes effect waits for the answers that are missing. */
async function Deadline({ version: { status, effectiveAt }, now }: DeadlineProps) {
  if (status !== "scheduled" || !effectiveAt || effectiveAt <= now) return null;
  return (
    <p className="mb-3">
      <span className="text-figure block font-semibold">
        <Countdown until={effectiveAt} now={now} />
      </span>
      <span className="text-ink-muted">
        <Time at={effectiveAt} />
      </span>
    </p>
  );
}

type ReadingProps = { slug: string; label: string; since: string | null };

/** The version as everybody reads it, and what it changes. */
async function Reading({ slug, label, since }: ReadingProps) {
  const t = await getTranslations("acknowledgements.page");
  return (
    <>
      {since && (
        <ButtonLink size="sm" href={at("/policies/*/*/changes", slug, label, { since })}>
          {t("compare", { label: since })}
        </ButtonLink>
      )}
      <ButtonLink size="sm" href={at("/policies/*/*", slug, label)}>
        {t("reader")}
      </ButtonLink>
    </>
  );
}

/** A legal contact is told of changes but answers for no account: the mail's link leads it to the text. */
async function toText(ctx: Context, versionId: string): Promise<never> {
  const { slug, label } = await orNotFound(findAddress(ctx, { versionId }));
  return redirectTo(at("/policies/*/*", slug, label));
}
