import { getTranslations } from "next-intl/server";

import { Segments } from "@/components/policies/diff-segments";
import { linkClass } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { type JudgedNotice } from "@/db/schema/incidents";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { judgedNow } from "@/domain/incidents/reviewed-content";
import { compareInlines } from "@/text/word-diff";

import { partsOf } from "./judged-parts";

type Compared = NonNullable<OpsNotice["compared"]>;
type Props = { read: OpsNotice; compared: Compared };

/** What is different from what was last sent back, or from the notice before it, word by word. */
export async function Comparison({ read, compared }: Props) {
  const t = await getTranslations("incidents.desk.comparison");
  const now = judgedNow(read.notice, compared.kind === "notice" ? null : read.incident);
  const rows = await differences(compared.judged, now);
  if (compared.kind === "returned")
    return (
      <Section
        id="comparison"
        title={t("sinceReview")}
        note={
          <>
            {t("returnedBy", { name: compared.reviewerName })} <Time at={compared.at} />
          </>
        }
      >
        <Rows rows={rows} />
      </Section>
    );
  return (
    <details className="mt-8">
      <summary className={`${linkClass()} inline-block max-md:py-2`}>
        {t("sinceNotice", { sequence: compared.sequence, count: rows.length })}
      </summary>
      <div className="mt-2">
        <Rows rows={rows} />
      </div>
    </details>
  );
}

type Row = Awaited<ReturnType<typeof differences>>[number];

async function Rows({ rows }: { rows: readonly Row[] }) {
  const t = await getTranslations("incidents.desk.comparison");
  if (rows.length === 0) return <p className="text-ink-muted">{t("same")}</p>;
  return (
    <dl>
      {rows.map(({ name, lang, before, after }) => (
        <div
          key={name}
          className="border-line grid gap-x-5 gap-y-0.5 border-b py-2.5 first:border-t md:grid-cols-[12em_minmax(0,1fr)]"
        >
          <dt className="text-ink-muted font-normal">{name}</dt>
          <dd lang={lang} className="max-w-measure min-w-0 wrap-anywhere whitespace-pre-line">
            <Segments segments={compareInlines(inlines(before), inlines(after))} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const inlines = (text: string) => (text === "" ? [] : [{ kind: "text" as const, text }]);

async function differences(before: JudgedNotice, after: JudgedNotice) {
  const [old, fresh] = [await partsOf(before), await partsOf(after)];
  return fresh.flatMap(({ text, ...part }, index) => {
    const was = old[index]?.text ?? "";
    return was === text ? [] : [{ ...part, before: was, after: text }];
  });
}
