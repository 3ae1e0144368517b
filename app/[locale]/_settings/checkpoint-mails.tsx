import { useTranslations } from "next-intl";

import { chooseCheckpointMailsAction } from "@/app/[locale]/(console)/settings/actions";
import { ActionForm } from "@/components/form/action-form";
import { CheckboxField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { linkClass } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { CheckpointPace } from "@/db/vocabulary/evidence";

type Props = {
  isStaff: boolean;
  isWanted: boolean;
  pace: CheckpointPace;
  /** Where the last one is published, in full. */
  address: string;
};

/**
 * Whether the signed state of the record is mailed to the reader, to be held against it later. Of staff
 * it is offered to who audits.
 */
export function CheckpointMails({ isStaff, isWanted, pace, address }: Props) {
  const t = useTranslations("verify.mails");
  if (isStaff && pace !== "daily" && !isWanted) return null;
  return (
    <Section id="checkpoints" title={t("title")}>
      <ActionForm
        action={chooseCheckpointMailsAction}
        label={t("title")}
        doneMessage={t("saved")}
        className="max-w-measure"
      >
        <p className="mb-3">{t("lead")}</p>
        <CheckboxField
          name="isWanted"
          label={t(`wanted.${pace}`)}
          hint={t.rich("where", {
            address: () => (
              <a href={address} className={linkClass("text")}>
                <span className="wrap-anywhere">{address}</span>
              </a>
            ),
          })}
          defaultChecked={isWanted}
        />
        <div className="mt-4">
          <SubmitButton>{t("save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
