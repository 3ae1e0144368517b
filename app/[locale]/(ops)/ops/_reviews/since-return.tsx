import { getLocale, getTranslations } from "next-intl/server";

import { Segments } from "@/components/policies/diff-segments";
import { Banner } from "@/components/ui/banner";
import { Section } from "@/components/ui/section";
import type { Locale } from "@/db/vocabulary/languages";
import type { ReviewDecision } from "@/db/vocabulary/reviews";
import { formatDateTime } from "@/lib/format";
import { compareInlines } from "@/text/word-diff";

import { changedParts, type Part } from "./parts";

type Review<Judged> = {
  decision: ReviewDecision;
  decidedAt: Date;
  reason: string | null;
  reviewerName: string;
  contentHash: string;
  judged: Judged | null;
};

/** What a kind of thing tells of its content: its parts in words, and what words do not compare. */
export type Comparable<Judged> = {
  partsOf: (judged: Judged) => readonly Part[] | Promise<readonly Part[]>;
  now: Judged;
  /** Parts that are compared in a way of their own, where they are different. */
  others?: (judged: Judged) => Promise<readonly Other[]>;
};

type Other = { name: string; content: React.ReactNode };

type Props<Judged> = {
  read: { reviews: readonly Review<Judged>[]; hashNow: string };
  compare: Comparable<Judged>;
};

/** Why it was last sent back, and what is different since, word by word. Nothing where it never was. */
export async function SinceReturn<Judged>({ read, compare }: Props<Judged>) {
  const [t, locale] = await Promise.all([getTranslations("reviews.since"), getLocale()]);
  const last = read.reviews.findLast(({ decision }) => decision === "rejected");
  if (!last) return null;
  const at = formatDateTime(last.decidedAt, locale);
  return (
    <Section id="since" title={t("title")}>
      <div className="mb-4">
        <Banner tone="warn" title={t("sentBack", { name: last.reviewerName, at })}>
          <span className="block wrap-anywhere whitespace-pre-line">{last.reason}</span>
        </Banner>
      </div>
      {last.contentHash === read.hashNow ? (
        <p className="font-semibold">{t("same")}</p>
      ) : (
        <Changes judged={last.judged} compare={compare} same={t("elsewhere")} />
      )}
    </Section>
  );
}

type ChangesProps<Judged> = {
  judged: Judged | null;
  compare: Comparable<Judged>;
  /** Said where none of what is compared is different. */
  same: string;
};

/** What is different now from what was judged. */
export async function Changes<Judged>({ judged, compare, same }: ChangesProps<Judged>) {
  const t = await getTranslations("reviews.since");
  if (judged === null) return <p>{t("notKept")}</p>;
  const words = changedParts(await compare.partsOf(judged), await compare.partsOf(compare.now));
  const others = (await compare.others?.(judged)) ?? [];
  if (words.length + others.length === 0) return <p>{same}</p>;
  return (
    <dl>
      <ChangedWords parts={words} />
      {others.map(({ name, content }) => (
        <Row key={name} name={name}>
          {content}
        </Row>
      ))}
    </dl>
  );
}

/** Rows for a `dl`: what went and what came of each part. */
export async function ChangedWords({ parts }: { parts: ReturnType<typeof changedParts> }) {
  const t = await getTranslations("reviews.since");
  return parts.map(({ name, lang, before, after }) => (
    <Row key={name} name={name} lang={lang}>
      <div className="max-w-measure whitespace-pre-line">
        <Segments segments={compareInlines(inlines(before), inlines(after))} />
        {before === after && <p className="text-ink-muted">{t("sameWords")}</p>}
      </div>
    </Row>
  ));
}

const inlines = (text: string) => (text === "" ? [] : [{ kind: "text" as const, text }]);

type RowProps = { name: string; lang?: Locale | undefined; children: React.ReactNode };

function Row({ name, lang, children }: RowProps) {
  return (
    <div className="border-line grid gap-x-5 gap-y-0.5 border-b py-2.5 first:border-t md:grid-cols-[12em_minmax(0,1fr)]">
      <dt className="text-ink-muted font-normal">{name}</dt>
      <dd lang={lang} className="min-w-0 wrap-anywhere">
        {children}
      </dd>
    </div>
  );
}
