import { type NextRequest } from "next/server";
import { hasLocale } from "next-intl";
import { getTranslations } from "next-intl/server";

import type { Context } from "@/domain/context";
import { listUnconsented } from "@/domain/policies/list-unconsented";
import { formatTableDateTime } from "@/lib/format";
import { routing } from "@/messages/routing";
import { csvDownload } from "@/server/csv";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ locale: string; versionId: string }> };
type Page = Awaited<ReturnType<typeof listUnconsented>>;

/** The accounts that had not consented anew when a version took effect, as a file (P07). */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: asked, versionId } = await params;
    const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale;
    const ctx = await currentContext();
    const first = await listUnconsented(ctx, { versionId });
    const [t, words] = await Promise.all([
      getTranslations({ locale, namespace: "policies.ops.answers" }),
      getTranslations({ locale, namespace: "acknowledgements" }),
    ]);
    const line = (row: Page["rows"][number]) => [
      row.name,
      row.uin,
      row.answer && words(`state.${row.answer}`),
      row.answeredAt && formatTableDateTime(row.answeredAt),
    ];
    return csvDownload({
      name: `without-consent-${first.version.slug}-${first.version.label}.csv`,
      header: [t("account"), "UIN", t("consent.later"), t("at")],
      pages: pagesOf(ctx, { versionId, first, line }),
    });
  });
}

type Paging = {
  versionId: string;
  first: Page;
  line: (row: Page["rows"][number]) => (string | null)[];
};

async function* pagesOf(ctx: Context, { versionId, first, line }: Paging) {
  let page = first;
  yield page.rows.map(line);
  while (page.next) {
    page = await listUnconsented(ctx, { versionId, page: page.next });
    yield page.rows.map(line);
  }
}
