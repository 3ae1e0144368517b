import { getLocale, getTranslations } from "next-intl/server";

import { Decision } from "@/app/[locale]/(ops)/ops/_reviews/decision";
import { may } from "@/domain/access/permissions";
import { type Context, type Person } from "@/domain/context";
import { countAudience } from "@/domain/policies/count-audience";
import { type OpsVersion } from "@/domain/policies/find-version";
import { needsTypedCount } from "@/domain/reviews/rules";
import { formatDateTime, formatNumber } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

import { approve, reject } from "../actions";

type Props = { ctx: Context & { actor: Person }; read: OpsVersion };

/** To let a version go, or to send it back. */
export async function VersionDecision({ ctx, read }: Props) {
  const { version, document, isTold, missing } = read;
  const [t, r, locale] = await Promise.all([
    getTranslations("policies.ops.decision"),
    getTranslations("reviews.decision"),
    getLocale(),
  ]);
  const { people } = isTold
    ? await countAudience(ctx, { productId: document.productId })
    : { people: 0 };
  const words = {
    label: version.label,
    at: formatDateTime(shanghaiMidnight(version.effectiveDate ?? ""), locale),
    people: formatNumber(people, locale),
  };
  const hidden = {
    versionId: version.id,
    documentId: document.id,
    contentHash: version.contentHash ?? "",
  };
  const effect = await effectOf(read, words);
  return (
    <Decision
      isReviewer={may(ctx.actor, "policy.review")}
      isOwn={version.writerIds.includes(ctx.actor.id)}
      ownWork={t("ownWork")}
      hindrance={missing.effectiveDate ? t("tooLate") : null}
      note={effect.rejecting}
      approve={{
        hidden,
        action: approve,
        label: t("approve", words),
        note: effect.note,
        confirm: {
          title: t("confirmTitle", words),
          body: effect.confirmed,
          confirmLabel: isTold ? r("approveAndTell", words) : t("approve", words),
        },
        typed: needsTypedCount(people) ? { hint: t("typedHint", words), expected: people } : null,
      }}
      sendBack={{ hidden, action: reject }}
    />
  );
}

type Words = { label: string; at: string; people: string };

/** What approving and sending back lead to: of an old version to the archive, or to nothing (P44). */
async function effectOf({ version, isTold }: OpsVersion, words: Words) {
  const [t, old] = await Promise.all([
    getTranslations("policies.ops.decision"),
    getTranslations("policies.ops.archive"),
  ]);
  if (version.provenance)
    return { rejecting: old("reject"), note: old("decide"), confirmed: old("decide") };
  return {
    rejecting: t("note"),
    note: t(isTold ? "told" : "untold", words),
    confirmed: t(isTold ? "confirmTold" : "confirmUntold", words),
  };
}
