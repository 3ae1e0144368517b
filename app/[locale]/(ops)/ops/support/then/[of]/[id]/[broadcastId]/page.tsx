import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { BroadcastBody } from "@/components/broadcasts/broadcast-body";
import { BroadcastTitle } from "@/components/broadcasts/broadcast-title";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { LOOKED_AT } from "@/db/vocabulary/evidence";
import { lookAtTelling } from "@/domain/evidence/look-back";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

type Props = { params: Promise<{ of: string; id: string; broadcastId: string }> };

/** It names nobody: a title is read without the look being on the record. */
export async function generateMetadata() {
  const t = await getTranslations("support.then");
  return { title: t("asTold") };
}

/** One telling as it was told: its frozen facts as the message in the portal, and the mails word for word. */
export default async function AsToldPage({ params }: Props) {
  const ctx = await requireContext("evidence.lookBack");
  const { of: wanted, id, broadcastId } = await params;
  const of = LOOKED_AT.find((one) => one === wanted) ?? notFound();
  const seen = await orNotFound(lookAtTelling(ctx, { of, id, broadcastId }));
  const [t, language, locale] = await Promise.all([
    getTranslations("support.then"),
    getTranslations("policies.language"),
    getLocale(),
  ]);
  return (
    <>
      <PageHead
        title={<BroadcastTitle told={seen.told} />}
        note={t("toldAt", { name: seen.name, at: formatDateTime(seen.createdAt, locale) })}
        crumbs={[
          { label: t("support"), href: "/ops/support" },
          { label: t("of", { name: seen.name }), href: at("/ops/support/then/*/*", of, id) },
          { label: t("asTold") },
        ]}
      />
      <p className="text-ink-muted max-w-measure mb-6">{t("asToldText")}</p>
      <BroadcastBody told={seen.told} />
      {seen.mails.map((mail) => (
        <Section key={mail.locale} title={t("mail", { language: language(mail.locale) })}>
          <p className="font-semibold" lang={mail.locale}>
            {mail.subject}
          </p>
          <pre
            lang={mail.locale}
            className="bg-sunken text-small mt-2 rounded-md p-3 font-sans wrap-anywhere whitespace-pre-wrap"
          >
            {mail.text.trim()}
          </pre>
        </Section>
      ))}
    </>
  );
}
