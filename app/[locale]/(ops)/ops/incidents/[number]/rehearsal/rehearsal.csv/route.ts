import { type NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";

import type { Context } from "@/domain/context";
import { listRehearsed, type RehearsedAccount } from "@/domain/incidents/rehearsal-report";
import { csvDownload } from "@/server/csv";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string; number: string }> };
type Page = Awaited<ReturnType<typeof listRehearsed>>;

/** The accounts of a rehearsal with what arrived after how many seconds, and why nothing did, as a file. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale, number } = await params;
    const ctx = await currentContext();
    const first = await listRehearsed(ctx, { number });
    const t = await getTranslations({
      ...{ locale: localeIn(locale), namespace: "incidents.desk.rehearsal" },
    });
    const why = ({ causes }: RehearsedAccount) =>
      causes.map((one) => t(`cause.${one}`)).join(" / ");
    return csvDownload({
      name: `${number}.csv`,
      header: [
        ...[t("account"), "UIN", t("people"), t("secondsOf", { what: t("mailed") })],
        ...[t("secondsOf", { what: t("posted") }), t("secondsOf", { what: t("openedCell") })],
        t("why"),
      ],
      pages: pagesOf(ctx, { number, first, why }),
    });
  });
}

type Asked = { number: string; first: Page; why: (row: RehearsedAccount) => string };

async function* pagesOf(ctx: Context, { number, first, why }: Asked) {
  const lines = ({ rows }: Page) =>
    rows.map((row) => [
      ...[row.accountName, row.uin, String(row.people)],
      ...[row.mailed, row.posted, row.opened].map((one) =>
        one === null ? null : String(Math.round(one)),
      ),
      why(row),
    ]);
  let page = first;
  yield lines(page);
  while (page.next) {
    page = await listRehearsed(ctx, { number, page: page.next });
    yield lines(page);
  }
}
