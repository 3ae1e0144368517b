import { type NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";

import type { Context } from "@/domain/context";
import { exportToldAccounts } from "@/domain/incidents/downstream";
import { formatTableDateTime } from "@/lib/format";
import { csvDownload } from "@/server/csv";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string; id: string }> };
type Page = Awaited<ReturnType<typeof exportToldAccounts>>;

/** The accounts that a notice of an incident concerned, each with the moments of its telling, as a file. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale, id: broadcastId } = await params;
    const ctx = await currentContext();
    const first = await exportToldAccounts(ctx, { broadcastId });
    const t = await getTranslations({
      ...{ locale: localeIn(locale), namespace: "incidents.downstream" },
    });
    return csvDownload({
      name: `accounts-${broadcastId}.csv`,
      header: [t("account"), "UIN", t("apps"), t("sent"), t("delivered"), t("seen")],
      pages: pagesOf(ctx, { broadcastId, first }),
    });
  });
}

async function* pagesOf(ctx: Context, asked: { broadcastId: string; first: Page }) {
  const { broadcastId, first } = asked;
  let page = first;
  yield page.rows.map(lineOf);
  while (page.next) {
    page = await exportToldAccounts(ctx, { broadcastId, page: page.next });
    yield page.rows.map(lineOf);
  }
}

const moment = (at: Date | null) => at && formatTableDateTime(at);

const lineOf = ({ name, uin, apps, sentAt, deliveredAt, seenAt }: Page["rows"][number]) => [
  ...[name, uin, String(apps)],
  ...[moment(sentAt), moment(deliveredAt), moment(seenAt)],
];
