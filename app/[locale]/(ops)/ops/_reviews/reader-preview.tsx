import { getLocale, getTranslations } from "next-intl/server";

import {
  ChangePopupWords,
  IncidentPopupWords,
} from "@/app/[locale]/(console)/_components/broadcast-popup";
import { MailPreview } from "@/app/[locale]/(ops)/ops/_components/mail-preview";
import { BroadcastBody } from "@/components/broadcasts/broadcast-body";
import { ListSearch } from "@/components/form/list-search";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { SegmentedLinks } from "@/components/ui/segmented-control";
import { LOCALES, type Locale } from "@/db/vocabulary/languages";
import type { PreviewReader } from "@/domain/broadcasts/preview-reader";
import type { Told } from "@/domain/broadcasts/facts";
import { type Address, withLanguage, withQuery } from "@/lib/addresses";
import { previewMail } from "@/server/mail-preview";
import { noticeKind, noticeTitle } from "@/wording/notice-line";

export type ReaderSearch = {
  uin?: string | string[];
  reader?: string | string[];
  width?: string | string[];
};

type Props = {
  /** What would be told now; null while a part of it is missing. */
  told: Told | null;
  readers: readonly PreviewReader[];
  search: ReaderSearch;
  here: Address;
  /** What everybody reads of it, below what is sent. */
  page?: { title: string; content: React.ReactNode } | undefined;
};

const WIDTHS = { wide: "", narrow: "max-w-97.5" } as const;
const keysOf = <Key extends string>(of: Record<Key, string>) => Object.keys(of) as Key[];

/** One word of an address, as a search carries it. */
export const wordOf = (value: string | string[] | undefined): string =>
  typeof value === "string" ? value.slice(0, 40) : "";

/**
 * What somebody of one account would get and see, before anybody approves it: the mail with their own
 * name, accounts and apps, its plain text, popup, in-site message and page, at two widths. Light or dark
 * is the look of this page itself; a mail is light everywhere.
 */
export async function ReaderPreview(props: Props) {
  const { told, readers, search, here } = props;
  const [t, locale] = [await getTranslations("reviews.reader"), await getLocale()];
  const uin = wordOf(search.uin);
  const reader = readers.find(({ id }) => id === wordOf(search.reader)) ?? readers[0];
  return (
    <>
      <ListSearch
        id="reader-uin"
        name="uin"
        value={uin}
        maxLength={40}
        action={withLanguage(locale, here)}
        clearHref={here}
        words={{ label: t("uin"), hint: t("uinHint"), find: t("find"), clear: t("clear") }}
        kept={{ width: wordOf(search.width) }}
      />
      {!told && <EmptyState title={t("notYet")}>{t("notYetText")}</EmptyState>}
      {told && uin && !reader && <EmptyState title={t("nobody")}>{t("nobodyText")}</EmptyState>}
      {told && reader && <Looked {...props} told={told} reader={reader} />}
    </>
  );
}

type LookedProps = Props & { told: Told; reader: PreviewReader };

/** All that one reader would get, one below the other. */
async function Looked({ told, reader, readers, search, here, page }: LookedProps) {
  const [t, locale] = [await getTranslations("reviews.reader"), await getLocale()];
  const width = keysOf(WIDTHS).find((one) => one === wordOf(search.width)) ?? "wide";
  const chosen = withQuery(here, { uin: wordOf(search.uin), reader: reader.id, width });
  const framed = `${WIDTHS[width]} border-line rounded-md border p-5`;
  return (
    <>
      <div className="mb-6 flex flex-wrap gap-3">
        {readers.length > 1 && (
          <SegmentedLinks
            label={t("readers")}
            items={readers.map(({ id, name }) => ({
              href: withQuery(chosen, { reader: id }),
              label: name,
              current: id === reader.id,
            }))}
          />
        )}
        <SegmentedLinks
          label={t("width")}
          items={keysOf(WIDTHS).map((one) => ({
            href: withQuery(chosen, { width: one }),
            label: t(`widths.${one}`),
            current: one === width,
          }))}
        />
        <Languages href={chosen} />
      </div>
      <Mails told={told} reader={reader} width={width} />
      <Section title={t("popup")}>
        <PopupOf told={told} framed={framed} />
      </Section>
      <Section title={t("message")}>
        <div className={framed}>
          <p className="text-small text-ink-muted">{noticeKind(told, locale)}</p>
          <h3 className="text-body mb-3 font-semibold">{noticeTitle(told, locale)}</h3>
          <BroadcastBody told={told} />
        </div>
      </Section>
      {page && (
        <Section title={page.title}>
          <div className={framed}>{page.content}</div>
        </Section>
      )}
    </>
  );
}

/** Popup, message and page speak the language of this page; the same in the other one is a link away. */
async function Languages({ href }: { href: Address }) {
  const [t, names, locale] = await Promise.all([
    getTranslations("reviews.reader"),
    getTranslations("policies.language"),
    getLocale(),
  ]);
  return (
    <nav
      aria-label={t("language")}
      className="text-small flex flex-wrap items-center gap-x-3 print:hidden"
    >
      {LOCALES.map((one) =>
        one === locale ? (
          <span key={one} className="font-semibold">
            {names(one)}
          </span>
        ) : (
          <a
            key={one}
            lang={one}
            href={withLanguage(one, href)}
            className="text-link inline-flex min-h-6 items-center underline max-md:min-h-11"
          >
            {names(one)}
          </a>
        ),
      )}
    </nav>
  );
}

type MailProps = { told: Told; reader: PreviewReader; width: keyof typeof WIDTHS };

/** The reader's own mail, in the language it would come in first, and its plain text. */
async function Mails({ told, reader, width }: MailProps) {
  const [t, r, names] = await Promise.all([
    getTranslations("reviews.reader"),
    getTranslations("reviews.preview"),
    getTranslations("policies.language"),
  ]);
  const { name, accounts, apps, locale: own } = reader;
  const personal = { name, accounts, apps };
  const locales: Locale[] = [own, ...LOCALES.filter((one) => one !== own)];
  return locales.map(async (one) => {
    const { text } = await previewMail(told, one, personal);
    return (
      <Section
        key={one}
        title={r("mail", { language: names(one) })}
        note={one === own ? t("ownLanguage", { name }) : undefined}
      >
        <div className={WIDTHS[width]}>
          <MailPreview told={told} locale={one} height="h-160" reader={personal} />
        </div>
        <details className="mt-3">
          <summary className="text-link inline-block min-h-6 cursor-pointer">{t("plain")}</summary>
          <p lang={one} className="text-small mt-2 wrap-anywhere whitespace-pre-wrap">
            {text}
          </p>
        </details>
      </Section>
    );
  });
}

/** A popup comes for a major change and for an incident that asks to act, and for nothing else. */
async function PopupOf({ told, framed }: { told: Told; framed: string }) {
  const t = await getTranslations("reviews.reader");
  if (told.kind === "policy_change" && told.facts.isMajor)
    return (
      <div className={framed}>
        <ChangePopupWords facts={told.facts} />
      </div>
    );
  if (told.kind === "incident_notice" && told.facts.parts.actionability === "required")
    return (
      <div className={framed}>
        <IncidentPopupWords facts={told.facts} />
      </div>
    );
  return <p className="text-ink-muted">{t("noPopup")}</p>;
}
