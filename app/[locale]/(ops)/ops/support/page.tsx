import { getLocale, getTranslations } from "next-intl/server";

import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHead } from "@/components/ui/page-head";
import { may } from "@/domain/access/permissions";
import { withLanguage } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { SearchResults } from "./_components/search-results";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("support.search");
  return { title: t("title") };
}

/** Support finds a customer by whatever the customer says of themselves. */
export default async function SupportPage({ searchParams }: Props) {
  const ctx = await requireContext("ticket.view");
  const search = await searchParams;
  const t = await getTranslations("support.search");
  const wanted = typeof search.q === "string" ? search.q.trim().slice(0, 200) : "";
  const page = typeof search.page === "string" ? search.page : undefined;
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        actions={
          <>
            {may(ctx.actor, "request.log") && (
              <ButtonLink href="/ops/requests/new">{t("log")}</ButtonLink>
            )}
            {may(ctx.actor, "ticket.issueLink") && (
              <ButtonLink href="/ops/tickets/new">{t("link")}</ButtonLink>
            )}
          </>
        }
      />
      <SearchForm wanted={wanted} />
      {wanted ? (
        <SearchResults ctx={ctx} wanted={wanted} page={page} />
      ) : (
        <p className="text-ink-muted max-w-measure">{t("recorded")}</p>
      )}
    </>
  );
}

async function SearchForm({ wanted }: { wanted: string }) {
  const [t, locale] = await Promise.all([getTranslations("support.search"), getLocale()]);
  return (
    <search className="mb-6 block print:hidden">
      <form
        action={withLanguage(locale, "/ops/support")}
        className="flex flex-wrap items-end gap-2"
      >
        <Field id="q" label={t("label")} hint={t("hint")} className="max-w-120 min-w-0 flex-1">
          <Input
            id="q"
            name="q"
            type="search"
            defaultValue={wanted}
            maxLength={200}
            autoComplete="off"
            aria-describedby="q-hint"
          />
        </Field>
        <Button type="submit" variant="primary">
          {t("submit")}
        </Button>
        {wanted && (
          <ButtonLink href="/ops/support" variant="text">
            {t("clear")}
          </ButtonLink>
        )}
      </form>
    </search>
  );
}
