import { hasLocale } from "next-intl";
import { getTranslations } from "next-intl/server";

import { type Figures, readFigures } from "@/domain/requests/read-figures";
import { routing } from "@/messages/routing";
import { csvDownload } from "@/server/csv";
import { answer } from "@/server/route";
import { currentContext } from "@/server/session";

type Props = { params: Promise<{ locale: string }> };

/** The figures of the desk as one table: what it is by, which, and its numbers. */
export function GET(_request: Request, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale: asked } = await params;
    const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale;
    const figures = await readFigures(await currentContext(), {});
    const [t, type] = await Promise.all([
      getTranslations({ locale, namespace: "requests.desk.figures" }),
      getTranslations({ locale, namespace: "requests.type" }),
    ]);
    return csvDownload({
      name: "request-figures.csv",
      header: [t("by"), t("which"), t("answered"), t("onTime"), t("median")],
      pages: once([
        ...figures.months.map((row) => [t("month"), row.month, ...numbersOf(row)]),
        ...figures.types.map((row) => [t("type"), type(row.type), ...numbersOf(row)]),
        ...figures.codes.map(({ code, count }) => [t("code"), code, String(count), null, null]),
      ]),
    });
  });
}

const numbersOf = ({
  answered,
  onTime,
  medianDays,
}: Figures["months"][number] | Figures["types"][number]) =>
  [answered, onTime, medianDays.toFixed(1)].map(String);

async function* once(rows: (string | null)[][]) {
  yield await Promise.resolve(rows);
}
