import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { ReadingPage } from "@/components/layout/reading-page";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import type { Locale } from "@/db/vocabulary/languages";
import { DOCUMENTED, type OperationName, OPERATIONS, refusalsOf } from "@/server/api-operations";
import { bodyFields } from "@/server/openapi";
import { PROBLEMS } from "@/server/problem";
import { publicMetadata } from "@/server/public-metadata";

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "api.page" });
  const [title, description] = [t("title"), t("lead")];
  return publicMetadata({ locale, path: "/api-reference", title, description });
}

/** Every call of the interface, from the schemas that judge it. */
export default async function ApiReferencePage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const t = await getTranslations("api.page");
  return (
    <ReadingPage title={t("title")} lead={t("lead")}>
      <div className="mb-8 grid gap-2">
        <p>{t("token")}</p>
        <p>{t("each")}</p>
        <p>
          <a href="/api/v1/openapi.json" download className="text-link underline">
            {t("json")}
          </a>
        </p>
      </div>
      {OPERATIONS.map((name) => (
        <Operation key={name} name={name} />
      ))}
    </ReadingPage>
  );
}

async function Operation({ name }: { name: OperationName }) {
  const [t, words, scope] = await Promise.all([
    getTranslations("api.page"),
    getTranslations("api"),
    getTranslations("tickets.tokens.scope"),
  ]);
  const { method, path, open, scopes, parameters, body, answers } = DOCUMENTED[name];
  const rows = [
    ...Object.keys(answers).map((status) => [status, t("answer")]),
    ...refusalsOf(DOCUMENTED[name])
      .map((code) => [`${PROBLEMS[code]} ${code}`, words(`title.${code}`)])
      .sort(([one = ""], [other = ""]) => one.localeCompare(other)),
  ];
  return (
    <Section title={words(`operation.${name}.title`)}>
      <div className="grid gap-4">
        <code className="bg-sunken rounded-md p-3 font-mono wrap-anywhere">
          {method.toUpperCase()} {path}
        </code>
        <p>{words(`operation.${name}.text`)}</p>
        <p>
          {scopes.length > 0
            ? `${t("scopes")}: ${scopes.map((one) => `${scope(one)} (${one})`).join(t("or"))}`
            : t(open ? "open" : "console")}
        </p>
        {parameters.length > 0 && (
          <ReferenceTable
            caption={t("parameters")}
            heads={[t("name"), t("in"), t("example")]}
            rows={parameters.map(({ name: parameter, in: place, example }) => [
              ...[parameter, place, example],
            ])}
          />
        )}
        {body && (
          <>
            <ReferenceTable
              caption={t("fields")}
              heads={[t("field"), t("kind"), t("required")]}
              rows={bodyFields(body.schema).map(({ field, kind, required }) => [
                ...[field, kind, required ? t("yes") : t("no")],
              ])}
            />
            <h3 className="font-semibold">
              {t("body")} ({body.mediaType})
            </h3>
            <pre className="bg-sunken text-caption rounded-md p-3 font-mono wrap-anywhere whitespace-pre-wrap">
              {JSON.stringify(body.example, null, body.mediaType === "application/json" ? 2 : 0)}
            </pre>
          </>
        )}
        <ReferenceTable caption={t("answers")} heads={[t("status"), t("meaning")]} rows={rows} />
      </div>
    </Section>
  );
}

type Cells = { caption: string; heads: readonly string[]; rows: readonly (readonly string[])[] };

/** Cells of text, the first of them code that names the row. */
function ReferenceTable({ caption, heads, rows }: Cells) {
  return (
    <Table
      caption={caption}
      captionShown
      compact
      columns={heads.map((header, index) => ({
        header,
        rowHeader: index === 0,
        cell: (row: readonly string[]) =>
          index === 0 ? (
            <code className="font-mono">
              {row[0]?.split(/(?<=\.)/).map((part) => [<wbr key={part} />, part])}
            </code>
          ) : (
            <span className="wrap-anywhere">{row[index]}</span>
          ),
      }))}
      rows={rows}
      rowKey={(row) => row.join(" ")}
    />
  );
}
