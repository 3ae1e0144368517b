import { type NextRequest } from "next/server";
import { hasLocale } from "next-intl";
import { getTranslations } from "next-intl/server";

import type { Context } from "@/domain/context";
import { coverageFilter, type CoverageRow, exportCoverage } from "@/domain/policies/coverage";
import { formatTableDateTime } from "@/lib/format";
import { routing } from "@/messages/routing";
import { csvDownload } from "@/server/csv";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ locale: string; versionId: string }> };
type Asked = Parameters<typeof exportCoverage>[1];

/** The answers to a version as a file, all of them or those of one filter. */
export function GET(request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: asked, versionId } = await params;
    const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale;
    const ctx = await currentContext();
    const filter = coverageFilter.parse(Object.fromEntries(request.nextUrl.searchParams));
    const wanted = { versionId, ...filter };
    const first = await exportCoverage(ctx, wanted);
    const [t, role, words] = await Promise.all([
      getTranslations({ locale, namespace: "policies.ops.answers" }),
      getTranslations({ locale, namespace: "access.memberRole" }),
      getTranslations({ locale, namespace: "acknowledgements" }),
    ]);

    return csvDownload({
      name: `answers-${first.slug}-${first.label}.csv`,
      header: [
        t("account"),
        "UIN",
        t("tier"),
        t("answer"),
        t("reason"),
        t("narrow.unreached"),
        t("person"),
        t("role"),
        t("at"),
        t("receipt"),
      ],
      pages: pagesOf(ctx, { wanted, first, line }),
    });

    function line(row: CoverageRow) {
      return [
        row.name,
        row.uin,
        row.tier,
        words(`state.${row.state}`),
        row.reason,
        row.isUnreached ? t("narrow.yes") : null,
        row.personName,
        row.memberRole && role(row.memberRole),
        row.answeredAt && formatTableDateTime(row.answeredAt),
        row.receiptNumber,
      ];
    }
  });
}

type Paging = {
  wanted: Asked;
  first: Awaited<ReturnType<typeof exportCoverage>>;
  line: (row: CoverageRow) => (string | null)[];
};

async function* pagesOf(ctx: Context, { wanted, first, line }: Paging) {
  let page = first;
  yield page.rows.map(line);
  while (page.next) {
    page = await exportCoverage(ctx, { ...wanted, page: page.next });
    yield page.rows.map(line);
  }
}
