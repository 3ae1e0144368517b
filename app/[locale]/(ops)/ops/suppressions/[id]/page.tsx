import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { DeliveryReason } from "@/components/broadcasts/delivery-status";
import { BroadcastTitle } from "@/components/broadcasts/broadcast-title";
import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { findSuppression } from "@/domain/broadcasts/suppressions";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { lift } from "./actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  const t = await getTranslations("broadcasts.suppressions");
  return { title: t("one") };
}

/** One stopped address, and the form that lets mail go there again. */
export default async function SuppressionPage({ params }: Props) {
  const ctx = await requireContext("suppression.read");
  const stop = await orNotFound(findSuppression(ctx, await params));
  const { address, userName, reason, since, detail, told, broadcastId } = stop;
  const t = await getTranslations("broadcasts.suppressions");

  return (
    <>
      <PageHead
        title={<span className="wrap-anywhere">{address}</span>}
        crumbs={[{ label: t("title"), href: "/ops/suppressions" }, { label: t("one") }]}
        note={userName}
      />
      <Facts
        facts={[
          { term: t("why"), value: t(`reason.${reason}`) },
          ...(detail ? [{ term: t("said"), value: <DeliveryReason reason={detail} /> }] : []),
          { term: t("since"), value: <Time at={since} /> },
          {
            term: t("broadcast"),
            value:
              told && broadcastId ? (
                <Link href={at("/ops/broadcasts/*", broadcastId)}>
                  <BroadcastTitle told={told} />
                </Link>
              ) : (
                t("noBroadcast")
              ),
          },
        ]}
      />
      <Section title={t("lift.title")}>
        {may(ctx.actor, "suppression.lift") ? (
          <LiftForm id={stop.id} />
        ) : (
          <p className="text-ink-muted">{t("lift.who")}</p>
        )}
      </Section>
    </>
  );
}

async function LiftForm({ id }: { id: string }) {
  const t = await getTranslations("broadcasts.suppressions.lift");
  return (
    <ActionForm
      action={lift}
      label={t("title")}
      guard
      className="max-w-form"
      confirm={{ title: t("confirmTitle"), body: t("confirmText"), confirmLabel: t("submit") }}
    >
      <input type="hidden" name="id" value={id} />
      <p className="text-ink-muted mb-4">{t("text")}</p>
      <TextareaField
        name="note"
        label={t("note")}
        hint={t("noteHint")}
        required
        rows={3}
        maxLength={1000}
      />
      <div className="mt-4">
        <SubmitButton>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
