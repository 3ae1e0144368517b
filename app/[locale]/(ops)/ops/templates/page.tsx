import { getTranslations } from "next-intl/server";

import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { type Context } from "@/domain/context";
import { findTemplate, listTemplates } from "@/domain/incidents/templates";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { SuccessBanner } from "../_components/success-banner";
import { RetireForm, TemplateForm, TemplateWords } from "./_components/template-form";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("incidents.desk.templates");
  return { title: t("title") };
}

/** The templates of announcements and notices; the one that is asked for with its words and versions, or else the form of a new one. */
export default async function TemplatesPage({ searchParams }: Props) {
  const ctx = await requireContext("notice.readDrafts");
  const { edit, done } = await searchParams;
  const t = await getTranslations("incidents.desk.templates");
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        actions={edit !== undefined && <Link href="/ops/templates">{t("toNew")}</Link>}
      />
      <SuccessBanner what={done} />
      <TemplateTable ctx={ctx} />
      {typeof edit === "string" ? (
        <OneTemplate ctx={ctx} templateId={edit} />
      ) : (
        may(ctx.actor, "notice.draft") && (
          <Section title={t("new")}>
            <TemplateForm template={null} />
          </Section>
        )
      )}
    </>
  );
}

async function TemplateTable({ ctx }: { ctx: Context }) {
  const [t, rows] = await Promise.all([
    getTranslations("incidents.desk.templates"),
    listTemplates(ctx, {}),
  ]);
  return (
    <Section title={t("list")}>
      <Table
        caption={t("list")}
        rows={rows}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
        columns={[
          {
            header: t("name"),
            rowHeader: true,
            cell: ({ id, name }) => (
              <Link href={at("/ops/templates", { edit: id })} tone="main">
                {name}
              </Link>
            ),
          },
          { header: t("use"), cell: ({ use }) => t(`uses.${use}`) },
          { header: t("version"), cell: ({ number }) => t("number", { number }) },
          {
            header: t("writtenAt"),
            nowrap: true,
            cell: ({ writtenAt }) => <Time at={writtenAt} form="table" />,
          },
        ]}
      />
    </Section>
  );
}

async function OneTemplate({ ctx, templateId }: { ctx: Context; templateId: string }) {
  const [t, template] = await Promise.all([
    getTranslations("incidents.desk.templates"),
    orNotFound(findTemplate(ctx, { templateId })),
  ]);
  return (
    <>
      <Section
        title={template.name}
        note={template.retiredAt ? t("retired") : t("number", { number: template.number })}
      >
        {template.retiredAt || !may(ctx.actor, "notice.draft") ? (
          <TemplateWords template={template} />
        ) : (
          <>
            <TemplateForm template={template} />
            <RetireForm template={template} />
          </>
        )}
      </Section>
      <Section title={t("versions")}>
        <ul>
          {template.versions.map(({ id, number, writerName, writtenAt }) => (
            <li key={id} className="py-0.5">
              {t.rich("written", { number, name: writerName, at: () => <Time at={writtenAt} /> })}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
