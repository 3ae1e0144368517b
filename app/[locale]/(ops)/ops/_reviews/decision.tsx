import { getTranslations } from "next-intl/server";

import { ActionForm, type Confirmation, type FormAction } from "@/components/form/action-form";
import { RadiosField, TextareaField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { REVIEW_DECISIONS } from "@/db/vocabulary/reviews";

import { Hidden } from "./frame";

type Seen = {
  /** Which thing, and the hash of what was seen: the decision is about that. */
  hidden: Record<string, string | number>;
};

type ApproveProps = Seen & {
  action: FormAction;
  label: string;
  note?: string;
  confirm: Confirmation;
  /** Asked where many are told: their number, and why it is typed. */
  typed: { label?: string; hint: string; expected: number } | null;
};

type SendBackProps = Seen & {
  action: FormAction;
  /** The button, and the field's words, where they are not those of sending back to an author. */
  words?: { label: string; reason: string; hint: string };
};

type Props = {
  /** Whether the reader's role decides at all. */
  isReviewer: boolean;
  isOwn: boolean;
  ownWork: string;
  /** Why it cannot be approved now, though it can be sent back. */
  hindrance: string | null;
  note: string;
  approve: ApproveProps;
  sendBack: SendBackProps;
};

/** Approve or send back; who may not is told why, beside the button that stays where it is. */
export async function Decision(props: Props) {
  const { isReviewer, isOwn, ownWork, hindrance, note, approve, sendBack } = props;
  const t = await getTranslations("reviews.decision");
  const reason = !isReviewer ? t("notApprover") : isOwn ? ownWork : hindrance;
  return (
    <Section title={t("title")} note={note}>
      {reason && (
        <div className="mb-4" id="why-not">
          <Banner tone="plain">{reason}</Banner>
        </div>
      )}
      <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
        {reason ? (
          <div>
            <Button disabled aria-describedby="why-not">
              {approve.label}
            </Button>
          </div>
        ) : (
          <ApproveForm {...approve} />
        )}
        {isReviewer && !isOwn && <SendBackForm {...sendBack} />}
      </div>
    </Section>
  );
}

export async function ApproveForm({ action, label, note, confirm, typed, hidden }: ApproveProps) {
  const t = await getTranslations("reviews.decision");
  return (
    <ActionForm action={action} label={label} confirm={confirm}>
      <Hidden values={hidden} />
      {note && <p className="text-ink-muted max-w-measure mb-4">{note}</p>}
      {typed && (
        <TextField
          name="typedPeople"
          label={typed.label ?? t("typed")}
          hint={typed.hint}
          data-expected={typed.expected}
          required
          inputMode="numeric"
          autoComplete="off"
          className="max-w-40"
        />
      )}
      <div className="mt-4 first:mt-0">
        <SubmitButton variant={confirm.danger ? "danger" : "primary"}>{label}</SubmitButton>
      </div>
    </ActionForm>
  );
}

export async function SendBackForm({ action, words, hidden }: SendBackProps) {
  const t = await getTranslations("reviews.decision");
  const label = words?.label ?? t("reject");
  return (
    <ActionForm action={action} label={label} guard>
      <Hidden values={hidden} />
      <div>
        <TextareaField
          name="reason"
          label={words?.reason ?? t("reason")}
          hint={words?.hint ?? t("reasonHint")}
          required
          rows={4}
          maxLength={2000}
        />
      </div>
      <div className="mt-4">
        <SubmitButton variant={words ? "outline" : "danger"}>{label}</SubmitButton>
      </div>
    </ActionForm>
  );
}

type ProposalProps = Pick<Props, "isReviewer" | "isOwn"> & Seen & { action: FormAction };

/** The same for what is small enough to be agreed to or turned down by one form. */
export async function ProposalDecision({ isReviewer, isOwn, action, hidden }: ProposalProps) {
  const t = await getTranslations("reviews.proposal");
  if (isOwn || !isReviewer)
    return (
      <div className="mt-4">
        <Banner tone="plain">{t(isOwn ? "own" : "waits")}</Banner>
      </div>
    );
  return (
    <ActionForm action={action} label={t("title")} className="max-w-form mt-4">
      <Hidden values={hidden} />
      <RadiosField
        name="decision"
        label={t("title")}
        required
        options={REVIEW_DECISIONS.map((value) => ({ value, label: t(`choice.${value}`) }))}
      />
      <TextareaField
        name="reason"
        label={t("reason")}
        hint={t("reasonHint")}
        rows={2}
        maxLength={1000}
      />
      <div className="mt-4">
        <SubmitButton>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
