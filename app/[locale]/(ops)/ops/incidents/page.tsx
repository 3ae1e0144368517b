import { getTranslations } from "next-intl/server";

import { ButtonLink, Buttons } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { TabLinks } from "@/components/ui/tabs";
import { may } from "@/domain/access/permissions";
import { INCIDENT_SHELVES, listIncidents } from "@/domain/incidents/list-incidents";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { IncidentTable } from "./_components/incident-table";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("incidents.desk.incidents");
  return { title: t("title") };
}

/** Every incident, the newest first, those of one status where one is chosen. */
export default async function IncidentsPage({ searchParams }: Props) {
  const ctx = await requireContext("notice.readDrafts");
  const search = await searchParams;
  const shelf = INCIDENT_SHELVES.find((one) => one === search.status) ?? "open";
  const page = typeof search.page === "string" ? search.page : undefined;
  const { rows, counts, previous, next } = await listIncidents(ctx, { shelf, page });
  const [t, status] = await Promise.all([
    getTranslations("incidents.desk.incidents"),
    getTranslations("notices.status"),
  ]);
  const open = may(ctx.actor, "incident.manage") && (
    <Buttons>
      <ButtonLink href={at("/ops/incidents/new", { rehearsal: "yes" })}>{t("rehearse")}</ButtonLink>
      <ButtonLink href="/ops/incidents/new" variant="primary">
        {t("create")}
      </ButtonLink>
    </Buttons>
  );
  const total = INCIDENT_SHELVES.reduce((sum, one) => sum + (one === "open" ? 0 : counts[one]), 0);

  return (
    <>
      <PageHead title={t("title")} note={t("lead")} actions={total > 0 && open} />
      {total === 0 ? (
        <EmptyState title={t("empty")} actions={open}>
          {t("emptyText")}
        </EmptyState>
      ) : (
        <>
          <TabLinks
            label={t("shelves")}
            tabs={INCIDENT_SHELVES.map((one) => ({
              href: at("/ops/incidents", { status: one }),
              label: one === "open" || one === "rehearsal" ? t(one) : status(one),
              count: counts[one],
              current: one === shelf,
            }))}
          />
          <IncidentTable
            rows={rows}
            empty={
              shelf === "rehearsal" ? (
                <EmptyState title={t("noRehearsals")}>{t("noRehearsalsText")}</EmptyState>
              ) : (
                <EmptyState title={t("noneHere")}>{t("noneHereText")}</EmptyState>
              )
            }
          />
          <Pager href={at("/ops/incidents", { status: shelf })} previous={previous} next={next} />
        </>
      )}
    </>
  );
}
