import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { type OpsNotice } from "@/domain/incidents/find-notice";

import { discardAction } from "./actions";

/** Throws a draft away; what somebody has reviewed stays to be read. */
export async function DiscardForm({ read: { notice, reviews } }: { read: OpsNotice }) {
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.discard"), getLocale()]);
  return (
    <ActionForm
      action={discardAction}
      label={t("submit")}
      className="mt-8"
      confirm={{
        title: t("confirmTitle"),
        body: t(reviews.length > 0 ? "confirmKept" : "confirmText"),
        confirmLabel: t("submit"),
        danger: true,
      }}
    >
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="noticeId" value={notice.id} />
      <input type="hidden" name="revision" value={notice.revision} />
      <SubmitButton variant="danger">{t("submit")}</SubmitButton>
    </ActionForm>
  );
}
