import { type NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";

import { listReach, REACH_SHELVES, type ReachShelf } from "@/domain/broadcasts/list-reach";
import type { Context } from "@/domain/context";
import { formatTableDateTime } from "@/lib/format";
import { csvDownload } from "@/server/csv";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string }> };
type Page = Awaited<ReturnType<typeof listReach>>;
type Reasons = Page["rows"][number]["reasons"];

/** How accounts can be reached, the worst first, as a file: a list to call by. */
export function GET(request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale } = await params;
    const ctx = await currentContext();
    const asked = request.nextUrl.searchParams.get("shelf");
    const shelf = REACH_SHELVES.find((one) => one === asked) ?? "unreachable";
    const first = await listReach(ctx, { shelf });
    const t = await getTranslations({
      ...{ locale: localeIn(locale), namespace: "broadcasts.reach" },
    });
    const words = (reasons: Reasons) => reasons.map((one) => t(`reason.${one}`)).join(" / ");
    return csvDownload({
      name: `reach-${shelf}.csv`,
      header: [
        ...[t("account"), "UIN", t("apps"), t("score"), t("why")],
        ...[t("lastArrived"), t("callDue")],
      ],
      pages: pagesOf(ctx, { shelf, first, words }),
    });
  });
}

type Asked = { shelf: ReachShelf; first: Page; words: (reasons: Reasons) => string };

async function* pagesOf(ctx: Context, { shelf, first, words }: Asked) {
  const lines = ({ rows }: Page) =>
    rows.map(({ accountName, uin, apps, score, reasons, lastArrivedAt, callDueAt }) => [
      ...[accountName, uin, String(apps), String(score), words(reasons)],
      ...[moment(lastArrivedAt), moment(callDueAt)],
    ]);
  let page = first;
  yield lines(page);
  while (page.next) {
    page = await listReach(ctx, { shelf, page: page.next });
    yield lines(page);
  }
}

const moment = (at: Date | null) => at && formatTableDateTime(at);
