import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { BilingualField } from "@/components/form/bilingual-field";
import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { WayText } from "@/components/requests/way-text";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { STOP_PLACES, type StopPlace } from "@/db/vocabulary/accounts";
import type { Locale } from "@/db/vocabulary/languages";
import { REQUEST_TYPES, WAY_READERS } from "@/db/vocabulary/requests";
import { may } from "@/domain/access/permissions";
import { listWays, type Way } from "@/domain/requests/ways";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { remove, save } from "./actions";

type Props = { searchParams: Promise<{ way?: string | string[] }> };

export async function generateMetadata() {
  const t = await getTranslations("requests.desk.ways");
  return { title: t("title") };
}

/** What requesters can do themselves, type by type, in the vendor's words (P24). */
export default async function WaysPage({ searchParams }: Props) {
  const ctx = await requireContext("request.readWays");
  const [ways, { way: asked }, t, desk, type, locale] = await Promise.all([
    listWays(ctx, {}),
    searchParams,
    getTranslations("requests.desk.ways"),
    getTranslations("requests.desk"),
    getTranslations("requests.type"),
    getLocale(),
  ]);
  const mayKeep = may(ctx.actor, "request.keepWays");
  const changed = ways.find(({ id }) => id === asked);
  return (
    <>
      <PageHead
        crumbs={[{ href: "/ops/requests", label: desk("title") }]}
        title={t("title")}
        note={t("lead")}
      />
      {ways.length === 0 && <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
      {REQUEST_TYPES.map((one) => {
        const those = ways.filter((way) => way.type === one);
        if (those.length === 0) return null;
        return (
          <Section key={one} title={type(one)}>
            <ul>
              {those.map((way) => (
                <Row key={way.id} way={way} locale={locale} mayKeep={mayKeep} />
              ))}
            </ul>
          </Section>
        );
      })}
      {mayKeep && (
        <Section id="form" title={t(changed ? "change" : "add")}>
          <WayForm key={changed?.id ?? "new"} way={changed} />
        </Section>
      )}
    </>
  );
}

type RowProps = { way: Way; locale: Locale; mayKeep: boolean };

/** One way, for whom and where, and what may be done about it. */
function Row({ way, locale, mayKeep }: RowProps) {
  const t = useTranslations("requests.desk.ways");
  const nameOf = usePlaces();
  const place = nameOf(way.place);
  const name = [t(`readers.${way.reader}`), place, way.text["zh-CN"]?.slice(0, 20)].join(" · ");
  return (
    <li className="border-line border-b py-3">
      <p className="text-small text-ink-muted">
        {t(`readers.${way.reader}`)} · {place}
      </p>
      <p>
        <WayText way={way} locale={locale} />
      </p>
      {mayKeep && (
        <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
          <Link
            href={at("/ops/requests/ways", { way: way.id, "#": "form" })}
            aria-label={t("editNamed", { name })}
            className="text-small py-1"
          >
            {t("edit")}
          </Link>
          <ActionForm
            action={remove}
            label={t("removeNamed", { name })}
            confirm={{
              title: t("removeTitle"),
              body: t("removeText"),
              confirmLabel: t("remove"),
            }}
          >
            <input type="hidden" name="wayId" value={way.id} />
            <SubmitButton variant="text" size="sm">
              {t("remove")}
            </SubmitButton>
          </ActionForm>
        </div>
      )}
    </li>
  );
}

/** The names of platforms, of the calls of an API, and of all of them together. */
function usePlaces(): (place: StopPlace | null) => string {
  const t = useTranslations("requests.desk.ways");
  const stop = useTranslations("acknowledgements.stop");
  const platform = useTranslations("accounts.platform");
  return (place) => {
    if (place === null) return t("anywhere");
    return place === "api" ? stop("api") : platform(place);
  };
}

/** What a new way begins with: nothing is chosen. */
const NEW = { type: "", reader: "", place: null, text: {}, url: null } as const;

/** A new way, or one that is changed. */
function WayForm({ way }: { way: Way | undefined }) {
  const t = useTranslations("requests.desk.ways");
  const { text, url } = way ?? NEW;
  return (
    <ActionForm
      action={save}
      label={t(way ? "change" : "add")}
      guard
      resetOnDone
      className="max-w-pair"
    >
      {way && <input type="hidden" name="wayId" value={way.id} />}
      <Concerns way={way} />
      <BilingualField
        name="text"
        label={t("text")}
        values={text}
        required
        maxLength={500}
        rows={3}
      />
      <TextField
        name="url"
        label={t("url")}
        hint={t("urlHint")}
        defaultValue={url ?? ""}
        maxLength={500}
        inputMode="url"
        autoComplete="off"
      />
      <Buttons className="mt-6">
        <SubmitButton>{t(way ? "save" : "add")}</SubmitButton>
        {way && <ButtonLink href="/ops/requests/ways">{t("cancel")}</ButtonLink>}
      </Buttons>
    </ActionForm>
  );
}

/** For which type of request, for whom and where it is. */
function Concerns({ way }: { way: Way | undefined }) {
  const t = useTranslations("requests.desk.ways");
  const typeOf = useTranslations("requests.type");
  const nameOf = usePlaces();
  const { type, reader, place } = way ?? NEW;
  const choose = way ? [] : [{ value: "", label: t("choose") }];
  return (
    <>
      <SelectField
        name="type"
        label={t("type")}
        required
        defaultValue={type}
        options={[...choose, ...REQUEST_TYPES.map((value) => ({ value, label: typeOf(value) }))]}
      />
      <SelectField
        name="reader"
        label={t("reader")}
        required
        defaultValue={reader}
        options={[
          ...choose,
          ...WAY_READERS.map((value) => ({ value, label: t(`readers.${value}`) })),
        ]}
      />
      <SelectField
        name="place"
        label={t("place")}
        defaultValue={place ?? ""}
        options={[
          { value: "", label: nameOf(null) },
          ...STOP_PLACES.map((value) => ({ value, label: nameOf(value) })),
        ]}
      />
    </>
  );
}
