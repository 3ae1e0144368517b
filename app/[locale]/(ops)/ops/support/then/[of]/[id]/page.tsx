import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { AsksThen, MessagesThen, TextsThen } from "@/components/audit/look-back";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { LOOKED_AT } from "@/db/vocabulary/evidence";
import { lookBack } from "@/domain/evidence/look-back";
import { moment } from "@/domain/input";
import { at, withLanguage } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { shanghaiMinute } from "@/lib/shanghai";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

type Props = {
  params: Promise<{ of: string; id: string }>;
  searchParams: Promise<{ at?: string | string[]; page?: string }>;
};

/** It names nobody: a title is read without the look being on the record. */
export async function generateMetadata() {
  const t = await getTranslations("support.then");
  return { title: t("title") };
}

/** What an account or a person saw at a moment. */
export default async function ThenPage({ params, searchParams }: Props) {
  const ctx = await requireContext("evidence.lookBack");
  const [{ of: wanted, id }, { at: asked, page }] = [await params, await searchParams];
  const of = LOOKED_AT.find((one) => one === wanted) ?? notFound();
  // A moment mended by hand that cannot be read is this one; the field shows which was taken.
  const read = moment.safeParse(asked);
  const then = read.success ? read.data : ctx.now;
  const seen = await orNotFound(lookBack(ctx, { of, id, at: then.toISOString(), page }));
  const [t, locale] = await Promise.all([getTranslations("support.then"), getLocale()]);
  const here = at("/ops/support/then/*/*", of, id);
  const home =
    of === "account" ? at("/ops/support/accounts/*", id) : at("/ops/support/people/*", id);
  return (
    <>
      <PageHead
        title={t("of", { name: seen.name })}
        note={t("at", { at: formatDateTime(then, locale) })}
        crumbs={[
          { label: t("support"), href: "/ops/support" },
          { label: seen.name, href: home },
          { label: t("title") },
        ]}
      />
      <form
        action={withLanguage(locale, here)}
        className="mb-6 flex flex-wrap items-end gap-3 print:hidden"
      >
        <Field id="at" label={t("moment")} hint={t("hint")} className="max-w-full min-w-0">
          <Input
            id="at"
            name="at"
            type="datetime-local"
            required
            max="9999-12-31T23:59"
            defaultValue={shanghaiMinute(then)}
            aria-describedby="at-hint"
          />
        </Field>
        <Button type="submit">{t("look")}</Button>
      </form>
      <Section title={t("asks.title")}>
        <AsksThen rows={seen.asks} isAccount={of === "account"} />
      </Section>
      <Section id="messages" title={t("messages.title")}>
        <MessagesThen
          rows={seen.messages.rows}
          isAccount={of === "account"}
          open={(broadcastId) => at("/ops/support/then/*/*/*", of, id, broadcastId)}
        />
        <Pager
          href={at("/ops/support/then/*/*", of, id, { at: then.toISOString(), "#": "messages" })}
          previous={seen.messages.previous}
          next={seen.messages.next}
        />
      </Section>
      <Section title={t("texts.title")}>
        <TextsThen rows={seen.texts} />
      </Section>
      <p className="text-small text-ink-muted max-w-measure mt-8">{t("limits")}</p>
    </>
  );
}
