import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { may } from "@/domain/access/permissions";
import { type Context } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";

import { resubmitAction } from "./actions";

type Props = { ctx: Context; read: OpsNotice };

/** Which apps came and went since the submission; its author takes them up by submitting again, unless it is approved. */
export async function AppsChanged({ ctx, read: { notice, changes } }: Props) {
  const [t, scheduled] = await Promise.all([
    getTranslations("incidents.desk.appsChanged"),
    getTranslations("incidents.desk.scheduled"),
  ]);
  if (!changes) return null;
  const { added, removed, addedIds, removedIds } = changes;
  const isFixed = notice.status === "scheduled";
  const named = (ids: readonly string[]) => ids.join(t("separator"));
  return (
    <div className="mb-6">
      <Banner tone="warn" title={isFixed ? scheduled("changed") : t("title")}>
        {added > 0 && <p>{t("added", { count: added, ids: named(addedIds) })}</p>}
        {removed > 0 && <p>{t("removed", { count: removed, ids: named(removedIds) })}</p>}
        <p>{isFixed ? scheduled("changedText") : t("text")}</p>
        {!isFixed && may(ctx.actor, "notice.draft") && (
          <ActionForm action={resubmitAction} label={t("submit")} className="mt-2">
            <input type="hidden" name="noticeId" value={notice.id} />
            <input type="hidden" name="revision" value={notice.revision} />
            <SubmitButton variant="outline" size="sm">
              {t("submit")}
            </SubmitButton>
          </ActionForm>
        )}
      </Banner>
    </div>
  );
}
