import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { type Context } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { listSavedAudiences } from "@/domain/incidents/saved-audiences";
import { at } from "@/lib/addresses";

import { Hidden } from "../_reviews/frame";
import { saveAudienceAction, useAudienceAction } from "../audiences/actions";
import { countedRule, ruleText } from "./rule-text";

type Props = { ctx: Context; read: OpsNotice };
type Saved = Awaited<ReturnType<typeof listSavedAudiences>>;

/** The saved audiences of a draft's product, each to be taken up; and the draft's own, to be saved for others. */
export async function SavedAudiences({ ctx, read: { notice } }: Props) {
  const [t, locale, saved] = await Promise.all([
    getTranslations("incidents.desk.savedAudiences"),
    getLocale(),
    listSavedAudiences(ctx, { productId: notice.productId }),
  ]);
  return (
    <>
      {saved.length > 0 && (
        <Section title={t("title")} note={t("useNote")}>
          <ul className="divide-line divide-y">
            {saved.map(({ id, name, number, rule, versionId }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3">
                <div className="min-w-60 flex-1">
                  <Link href={at("/ops/audiences", { show: id })}>
                    {t("named", { name, number })}
                  </Link>
                  <p className="text-small text-ink-muted wrap-anywhere">
                    {ruleText(countedRule(rule), locale)}
                  </p>
                </div>
                {versionId === notice.audienceVersionId ? (
                  <p className="text-ink-muted">{t("inUse")}</p>
                ) : (
                  <ActionForm action={useAudienceAction} label={t("use", { name })}>
                    <Hidden
                      values={{
                        ...{ noticeId: notice.id, revision: notice.revision },
                        ...{ audienceId: id, number },
                      }}
                    />
                    <SubmitButton variant="outline" size="sm">
                      {t("use", { name })}
                    </SubmitButton>
                  </ActionForm>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {!notice.audience.undecided && !notice.audienceVersionId && (
        <SaveForm notice={notice} saved={saved} />
      )}
    </>
  );
}

/** Keeps the draft's audience, as it is saved, for others. */
async function SaveForm({ notice, saved }: { notice: OpsNotice["notice"]; saved: Saved }) {
  const t = await getTranslations("incidents.desk.savedAudiences");
  return (
    <Section title={t("save")} note={t("saveNote")}>
      <ActionForm action={saveAudienceAction} label={t("save")}>
        <Hidden values={{ noticeId: notice.id, revision: notice.revision }} />
        {saved.length > 0 && (
          <SelectField
            name="audienceId"
            label={t("as")}
            defaultValue=""
            options={[
              { value: "", label: t("asNew") },
              ...saved.map(({ id, name, number }) => ({
                value: id,
                label: t("asNext", { name, number: number + 1 }),
              })),
            ]}
          />
        )}
        <TextField
          name="name"
          label={t("name")}
          hint={saved.length > 0 ? t("nameHint") : undefined}
          maxLength={60}
          autoComplete="off"
          fieldClassName="max-w-120"
        />
        <div className="mt-4">
          <SubmitButton variant="outline">{t("save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
