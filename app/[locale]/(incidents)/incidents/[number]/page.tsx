import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import { IncidentSummary } from "@/components/incidents/incident-summary";
import { IncidentArticle } from "@/components/incidents/incident-article";
import type { Locale } from "@/db/vocabulary/languages";
import { listDownstream } from "@/domain/incidents/downstream";
import { findPublishedIncident } from "@/domain/incidents/find-published";
import { readOwnApps } from "@/domain/incidents/own-apps";
import { withLanguage, at } from "@/lib/addresses";
import { advisoryAddresses } from "@/server/advisories";
import { feedAddresses } from "@/server/feed";
import { orNotFound } from "@/server/or-not-found";
import { publicAddress, publicMetadata } from "@/server/public-metadata";
import { visitorContext } from "@/server/session";
import { vendorName } from "@/server/vendor";
import { incidentTitle } from "@/wording/incident-notice";

import { tickAdvice } from "./actions";

type Props = {
  params: Promise<{ locale: Locale; number: string }>;
  searchParams: Promise<{ search?: string; affected?: string; others?: string; told?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, number } = await params;
  const incident = await readIncident(number);
  const t = await getTranslations({ locale, namespace: "incidents" });
  const vendor = vendorName(locale);
  if (incident.kind === "summary")
    return { title: t("summary.title", { number }), robots: { index: false } };
  const title = incidentTitle(incident.naming.facts, locale);
  if (!incident.isPublic) return { title, robots: { index: false } };
  const description = t("page.description", { vendor, number });
  return publicMetadata({
    locale,
    path: at("/incidents/*", number),
    types: feedAddresses(locale),
    title,
    description,
  });
}

/** One incident: what was published of it, and what it means for the apps of who reads. */
export default async function IncidentPage({ params, searchParams }: Props) {
  const [{ locale, number }, { search, affected, others, told }] = await Promise.all([
    params,
    searchParams,
  ]);
  setRequestLocale(locale);
  const incident = await readIncident(number);
  const ctx = await visitorContext();
  const path = at("/incidents/*", incident.number);
  const signIn =
    ctx.actor.kind === "person" ? null : at("/sign-in", { return: withLanguage(locale, path) });
  if (incident.kind === "summary") return <IncidentSummary incident={incident} signIn={signIn} />;

  // What did not happen asks nothing of an app, and begins no duty of an account.
  const isReal = !incident.current.facts.rehearsal;
  const stake =
    ctx.actor.kind === "person" && isReal
      ? await readOwnApps(ctx, { number, search, affected, others })
      : null;
  const accounts =
    ctx.actor.kind === "person" && isReal
      ? await listDownstream(ctx, { number, page: told })
      : null;
  const isConcerned = stake && stake.affectedCount + stake.othersCount > 0;
  return (
    <>
      <ReadAbout ctx={ctx} subjectIds={incident.notices.map(({ id }) => id)} />
      <IncidentArticle
        incident={incident}
        stake={isConcerned ? stake : null}
        told={accounts}
        signIn={signIn}
        tickAdvice={tickAdvice}
        vendor={vendorName(locale)}
        address={publicAddress(locale, path)}
        advisories={advisoryAddresses(
          incident.number,
          incident.notices.find(({ visibility }) => visibility === "public")?.publishedAt,
        )}
        now={ctx.now}
      />
    </>
  );
}

/** One incident as this reader may read it. */
const readIncident = async (number: string) =>
  orNotFound(findPublishedIncident(await visitorContext(), { number }));
