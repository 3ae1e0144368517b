import { getLocale, getTranslations } from "next-intl/server";

import { OwnAnswerStatus } from "@/components/policies/answer-status";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { BINDING_ROLES } from "@/db/vocabulary/access";
import { may } from "@/domain/access/permissions";
import { listOwnPolicies, type OwnPolicy } from "@/domain/policies/own-policies";
import { pendingAnswers } from "@/domain/policies/pending-answers";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { visitorContext } from "@/server/session";

/** The versions that concern the reader's accounts; nothing is read for who has none. */
export async function readOwnPolicies(slugs: string[]): Promise<readonly OwnPolicy[]> {
  const ctx = await visitorContext();
  if (!may(ctx.actor, "policy.readOwnAnswers")) return [];
  return (await listOwnPolicies(ctx, { slugs })).rows;
}

type Props = { slug: string; version: { id: string; label: string } };

/** Above a version that an account of the reader has answered, or is to answer. */
export async function OwnAnswer({ slug, version: { id, label } }: Props) {
  const own = (await readOwnPolicies([slug])).find((one) => one.label === label);
  if (!own) return null;
  if (own.answer) return <OwnAnswerStatus own={own} />;
  const ctx = await visitorContext();
  if (!may(ctx.actor, "policy.answer")) return null;
  const [
    t,
    locale,
    {
      rows: [wait],
    },
  ] = await Promise.all([
    getTranslations("home.console"),
    getLocale(),
    pendingAnswers(ctx, { versionId: id }),
  ]);
  if (!wait) return null;
  const binds = BINDING_ROLES.some((role) => role === wait.role);
  return (
    <div data-without-banner>
      <Banner
        tone="warn"
        title={t("policies.unanswered")}
        actions={
          <ButtonLink size="sm" href={at("/acknowledgements/*", wait.versionId)}>
            {t("banner.view")}
          </ButtonLink>
        }
      >
        {t(binds ? "banner.yours" : "banner.owners", {
          date: formatDateTime(wait.effectiveAt, locale),
        })}
      </Banner>
    </div>
  );
}
