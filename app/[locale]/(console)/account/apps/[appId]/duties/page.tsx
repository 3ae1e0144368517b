import { getLocale, getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { PageHead } from "@/components/ui/page-head";
import type { Locale } from "@/db/vocabulary/languages";
import type { Context } from "@/domain/context";
import { NotFound } from "@/domain/errors";
import { readAttestations } from "@/domain/policies/attestations";
import { readOwnPolicy } from "@/domain/policies/own-policy";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { readKitWords } from "@/server/kit-words";
import { requireContext } from "@/server/session";

import { Attestations } from "./_components/attestations";
import { OwnPolicy } from "./_components/own-policy";

type Props = { params: Promise<{ appId: string }>; searchParams: Promise<{ done?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("policies.duties");
  return { title: t("title") };
}

const DONE = ["taken", "stated", "attested"] as const;

/** What an app's owner answers for: its own policy (P40), the preconditions (P12), the self-check (P11). */
export default async function DutiesPage({ params, searchParams }: Props) {
  const ctx = await requireContext("account.readOwn");
  const [{ appId }, { done }, locale] = await Promise.all([params, searchParams, getLocale()]);
  const own = await orNotFound(readOwnPolicy(ctx, { appId, locale }));
  const [t, words, kit, attestations] = await Promise.all([
    getTranslations("policies.duties"),
    getTranslations("accounts"),
    kitOf(ctx, appId, locale),
    readAttestations(ctx, { appId, locale }),
  ]);
  const said = DONE.find((one) => one === done);
  return (
    <>
      <PageHead
        title={t("title")}
        note={`${own.app.name} · SDKAppID ${own.app.sdkAppId}`}
        crumbs={[
          { label: words("own.title"), href: "/account" },
          { label: own.app.name, href: at("/account/apps/*", appId) },
          { label: t("title") },
        ]}
      />
      {said && (
        <div className="mb-6">
          <Banner tone="ok" role="status">
            {t(`done.${said}`)}
          </Banner>
        </div>
      )}
      <OwnPolicy own={own} text={kit?.text ?? null} label={kit?.kit.label ?? null} now={ctx.now} />
      <Attestations appId={appId} {...attestations} />
    </>
  );
}

/** Null where the product has no guide in force that lists anything. */
async function kitOf(ctx: Context, appId: string, locale: Locale) {
  try {
    return await readKitWords(ctx, { appId, locale });
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
