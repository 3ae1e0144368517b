import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { linkClass } from "@/components/ui/link";
import { formatNumber } from "@/lib/format";

import { cancel } from "../actions";

type Props = {
  id: string;
  /** Mails nobody has tried to hand over: what is cancelled. */
  untried: number;
  /** Mails whose batch has been tried: followed to their end. */
  underWay: number;
  /** People of `untried` who are held back for the second wave, and are told nothing at all. */
  held: number;
};

/** For good, so the exact number is typed and the reason goes on record. */
export async function CancelForm({ id, untried, underWay, held }: Props) {
  const [t, locale] = await Promise.all([
    getTranslations("broadcasts.board.steering"),
    getLocale(),
  ]);
  const words = { count: untried, underWay, held };
  const form = held > 0 ? "people" : "mails";
  return (
    <details className="mt-5">
      <summary className={`${linkClass()} inline-block max-md:py-2`}>{t("cancel")}</summary>
      <ActionForm
        action={cancel}
        label={t("cancel")}
        confirm={{
          title: t(`cancelling.title.${form}`, words),
          body: t(`cancelling.confirm.${form}`, words),
          confirmLabel: t(`cancelling.submit.${form}`, words),
          danger: true,
        }}
        className="max-w-form mt-3"
      >
        <input type="hidden" name="broadcastId" value={id} />
        <p className="text-ink-muted max-w-measure mb-4">{t(`cancelling.text.${form}`, words)}</p>
        <TextField
          name="typedMails"
          label={t(`cancelling.typed.${form}`)}
          hint={t(`cancelling.typedHint.${form}`, { count: formatNumber(untried, locale) })}
          data-expected={untried}
          required
          inputMode="numeric"
          autoComplete="off"
          className="max-w-40"
        />
        <TextareaField
          name="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          required
          rows={3}
          maxLength={2000}
        />
        <div className="mt-4">
          <SubmitButton variant="danger">{t(`cancelling.submit.${form}`, words)}</SubmitButton>
        </div>
      </ActionForm>
    </details>
  );
}
