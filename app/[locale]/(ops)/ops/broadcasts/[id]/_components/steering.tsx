import { getTranslations } from "next-intl/server";

import { ActionForm, type Confirmation, type FormAction } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { type ButtonVariant } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { type findBroadcast } from "@/domain/broadcasts/find";
import { type Context } from "@/domain/context";

import { pause, resume, retry } from "../actions";
import { CancelForm } from "./cancel-form";

type Broadcast = Awaited<ReturnType<typeof findBroadcast>>;
type Props = { ctx: Context; broadcast: Broadcast; queued: number };

/** What can be done with it as it stands: hold it, let it go on, stop it for good, send again what failed. */
export async function Steering({ ctx, broadcast, queued }: Props) {
  const { id, cancelReason, underWay, retryable, held } = broadcast;
  const t = await getTranslations("broadcasts.board.steering");
  const steps = may(ctx.actor, "broadcast.steer") ? stepsOf(broadcast, queued) : [];
  if (steps.length === 0 && !cancelReason) return null;
  return (
    <Section title={t("title")}>
      {cancelReason && (
        <p className="max-w-measure wrap-anywhere whitespace-pre-line">
          {t("cancelledBecause", { reason: cancelReason })}
        </p>
      )}
      <div className="flex flex-col items-start gap-4">
        {steps.includes("pause") && <PauseForm id={id} count={queued} />}
        {steps.includes("resume") && <ResumeForm id={id} count={queued} />}
        {steps.includes("follow") && <FollowForm id={id} count={held} />}
        {steps.includes("retry") && <RetryForm id={id} count={retryable} />}
      </div>
      {steps.includes("cancel") && (
        <CancelForm id={id} untried={queued - underWay + held} underWay={underWay} held={held} />
      )}
    </Section>
  );
}

type Step = "pause" | "resume" | "follow" | "cancel" | "retry";

function stepsOf(broadcast: Broadcast, queued: number): Step[] {
  const { status, preparedAt, held, cancelledAt, underWay, retryable } = broadcast;
  const isPaused = status === "paused";
  const follows = hasStopped(broadcast);
  const offered: Record<Step, boolean> = {
    pause: status === "sending" && !cancelledAt && (queued > 0 || !preparedAt),
    resume: isPaused && !follows,
    follow: isPaused && follows,
    cancel: isPaused && isWritten(broadcast) && queued + held > underWay,
    retry: retryable > 0,
  };
  return (Object.keys(offered) as Step[]).filter((step) => offered[step]);
}

/** By itself after its first wave: what a person lets go then is the second. */
const hasStopped = ({ held, waves }: Broadcast) => held > 0 && Boolean(waves?.stoppedAt);

/** Who is held back for the second wave is written only when it leaves. */
const isWritten = ({ preparedAt, held, peopleAhead }: Broadcast) =>
  preparedAt !== null || (held > 0 && peopleAhead === 0);

type Wish = { id: string; count: number };

async function PauseForm({ id, count }: Wish) {
  const t = await getTranslations("broadcasts.board.steering");
  return (
    <Act
      {...{ id, action: pause, label: t("pause"), note: t("pauseNote") }}
      confirm={{
        title: t("pauseTitle", { count }),
        body: t("pauseText"),
        confirmLabel: t("pause"),
      }}
    />
  );
}

async function ResumeForm({ id, count }: Wish) {
  const t = await getTranslations("broadcasts.board.steering");
  return (
    <Act
      {...{ id, action: resume, label: t("resume"), note: t("resumeNote", { count }) }}
      variant="primary"
      confirm={{
        title: t("resumeTitle", { count }),
        body: t("resumeText"),
        confirmLabel: t("resume"),
      }}
    />
  );
}

/** After a stop that it made by itself: the rest is told too, for a reason that stays with it. */
async function FollowForm({ id, count }: Wish) {
  const t = await getTranslations("broadcasts.board.steering");
  return (
    <ActionForm
      action={resume}
      label={t("follow", { count })}
      confirm={{
        title: t("followTitle", { count }),
        body: t("resumeText"),
        confirmLabel: t("follow", { count }),
      }}
      scope="follow"
      className="max-w-form w-full"
    >
      <input type="hidden" name="broadcastId" value={id} />
      <TextareaField
        name="reason"
        label={t("followReason")}
        hint={t("reasonHint")}
        required
        rows={2}
        maxLength={2000}
      />
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton variant="primary">{t("follow", { count })}</SubmitButton>
        <p className="text-small text-ink-muted">{t("followNote")}</p>
      </div>
    </ActionForm>
  );
}

async function RetryForm({ id, count }: Wish) {
  const t = await getTranslations("broadcasts.board.steering");
  const label = t("retry", { count });
  return (
    <Act
      {...{ id, action: retry, label, note: t("retryNote") }}
      confirm={{ title: t("retryTitle", { count }), body: t("retryText"), confirmLabel: label }}
    />
  );
}

type ActProps = {
  id: string;
  action: FormAction;
  label: string;
  note: string;
  variant?: ButtonVariant;
  confirm: Confirmation;
};

function Act({ id, action, label, note, variant = "outline", confirm }: ActProps) {
  return (
    <ActionForm action={action} label={label} confirm={confirm}>
      <input type="hidden" name="broadcastId" value={id} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton variant={variant}>{label}</SubmitButton>
        <p className="text-small text-ink-muted">{note}</p>
      </div>
    </ActionForm>
  );
}
