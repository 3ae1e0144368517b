import { type NextRequest } from "next/server";
import { getTranslations } from "next-intl/server";

import { exportRehearsed, type RehearsedAccount } from "@/domain/incidents/rehearsal-report";
import { csvText } from "@/server/csv";
import { fileDownload } from "@/server/file-download";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ locale: string; number: string }> };

/** The accounts of a rehearsal with what arrived after how many seconds, and why nothing did, as a file. */
export function GET(_request: NextRequest, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale, number } = await params;
    const ctx = await currentContext();
    const rows = await exportRehearsed(ctx, { number });
    const t = await getTranslations({
      ...{ locale: localeIn(locale), namespace: "incidents.desk.rehearsal" },
    });
    const why = ({ causes }: RehearsedAccount) =>
      causes.map((one) => t(`cause.${one}`)).join(" / ");
    const header = [
      ...[t("account"), "UIN", t("people"), t("secondsOf", { what: t("mailed") })],
      ...[t("secondsOf", { what: t("posted") }), t("secondsOf", { what: t("openedCell") })],
      t("why"),
    ];
    return fileDownload({
      ...{ name: `${number}.csv`, mediaType: "text/csv; charset=utf-8" },
      bytes: new TextEncoder().encode(
        csvText([header, ...rows.map((row) => [...cellsOf(row), why(row)])]),
      ),
    });
  });
}

const cellsOf = ({ accountName, uin, people, mailed, posted, opened }: RehearsedAccount) => [
  ...[accountName, uin, String(people)],
  ...[mailed, posted, opened].map((one) => (one === null ? null : String(Math.round(one)))),
];
