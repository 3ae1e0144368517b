import { getLocale, getTranslations } from "next-intl/server";

import { EmptyState } from "@/components/ui/empty-state";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { CellNote, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type Context } from "@/domain/context";
import { NotFound } from "@/domain/errors";
import { listUnconsented } from "@/domain/policies/list-unconsented";
import { at, withLanguage } from "@/lib/addresses";
import { formatDate } from "@/lib/format";

type Props = { ctx: Context; documentId: string; versionId: string; page: string | undefined };

/** Who had not consented anew when the version took effect, or has not so far (P07); nothing where it asks for no consent. */
export async function UnconsentedAccounts({ ctx, documentId, versionId, page }: Props) {
  const list = await ofVersion(ctx, { versionId, page });
  if (!list) return null;
  const [t, words, locale] = await Promise.all([
    getTranslations("policies.ops.answers.consent"),
    getTranslations("acknowledgements"),
    getLocale(),
  ]);
  const { version, rows, previous, next } = list;
  const date = formatDate(version.effectiveAt, locale);
  if (version.accounts === 0)
    return (
      <Section title={t("title")}>
        <EmptyState title={t("none")}>{t("noneText")}</EmptyState>
      </Section>
    );
  return (
    <Section title={t("title")} note={t("count", { count: version.accounts })}>
      <p className="max-w-measure mb-3">
        {t(version.effectiveAt <= ctx.now ? "lead" : "leadSoFar", { date })}
      </p>
      <p className="mb-3">
        <a
          href={withLanguage(
            locale,
            at("/ops/policies/*/*/answers/unconsented.csv", documentId, versionId),
          )}
          download
          className={buttonClass()}
        >
          <Icon name="download" />
          {t("download")}
        </a>
      </p>
      <Table
        caption={t("title")}
        rows={rows}
        rowKey={({ accountId }) => accountId}
        columns={[
          {
            header: t("account"),
            rowHeader: true,
            cell: ({ name, uin }) => (
              <>
                {name}
                <CellNote>UIN {uin}</CellNote>
              </>
            ),
          },
          {
            header: t("later"),
            cell: ({ answer, answeredAt }) =>
              answer && answeredAt ? (
                <>
                  {words(`state.${answer}`)} <Time at={answeredAt} form="table" />
                </>
              ) : (
                t("nothing")
              ),
          },
        ]}
      />
      <Pager
        name="unconsented"
        href={at("/ops/policies/*/*/answers", documentId, versionId)}
        previous={previous}
        next={next}
      />
    </Section>
  );
}

async function ofVersion(ctx: Context, of: { versionId: string; page: string | undefined }) {
  try {
    return await listUnconsented(ctx, { ...of, size: 50 });
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
