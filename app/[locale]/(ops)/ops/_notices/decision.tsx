import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { type Context, type Person } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { formatNumber } from "@/lib/format";

import { approveAction, rejectAction } from "./actions";

type Props = { ctx: Context & { actor: Person }; read: OpsNotice };

/** Approve or send back; who may not is told why, beside the button that stays where it is. */
export async function Decision({ ctx, read }: Props) {
  const t = await getTranslations("incidents.desk.decision");
  const isReviewer = may(ctx.actor, "notice.review");
  const isOwn = read.notice.writerIds.includes(ctx.actor.id);
  const reason = whyNot({ isReviewer, isOwn, read });

  return (
    <Section title={t("title")} note={t("note")}>
      {reason && (
        <div className="mb-4" id="why-not">
          <Banner tone="plain">{t(reason)}</Banner>
        </div>
      )}
      <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
        {reason ? (
          <div>
            <Button disabled aria-describedby="why-not">
              {t("approve")}
            </Button>
          </div>
        ) : (
          <ApproveForm read={read} />
        )}
        {isReviewer && !isOwn && <RejectForm read={read} />}
      </div>
    </Section>
  );
}

type Asked = { isReviewer: boolean; isOwn: boolean; read: OpsNotice };

function whyNot({ isReviewer, isOwn, read }: Asked) {
  if (!isReviewer) return "notApprover";
  if (isOwn) return "ownWork";
  return read.changes ? "appsChanged" : null;
}

async function ApproveForm({ read }: Pick<Props, "read">) {
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.decision"), getLocale()]);
  const { notice, measured, needsTypedCount, visibility } = read;
  const words = {
    people: formatNumber(measured.people, locale),
    accounts: formatNumber(measured.accounts, locale),
  };
  const told = notice.notifies ? (`told.${visibility}` as const) : "told.silent";
  return (
    <ActionForm
      action={approveAction}
      label={t("approve")}
      confirm={{
        title: t("confirmTitle"),
        body: t(notice.notifies ? "confirmTold" : "confirmSilent", words),
        confirmLabel: t(notice.notifies ? "approveAndTell" : "approve", words),
      }}
    >
      <Seen read={read} />
      <p className="text-ink-muted max-w-measure mb-4">{t(told, words)}</p>
      {needsTypedCount && (
        <TextField
          name="typedPeople"
          label={t("typed")}
          hint={t(measured.isEverybody ? "typedEverybody" : "typedMany", words)}
          required
          inputMode="numeric"
          autoComplete="off"
          className="max-w-40"
        />
      )}
      <div className="mt-4">
        <SubmitButton>{t("approve")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

async function RejectForm({ read }: Pick<Props, "read">) {
  const t = await getTranslations("incidents.desk.decision");
  return (
    <ActionForm action={rejectAction} label={t("reject")} guard>
      <Seen read={read} />
      <div>
        <TextareaField
          name="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          required
          rows={4}
          maxLength={2000}
        />
      </div>
      <div className="mt-4">
        <SubmitButton variant="danger">{t("reject")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** The decision is about what was seen: its hash travels with the form. */
async function Seen({ read: { notice } }: Pick<Props, "read">) {
  const locale = await getLocale();
  return (
    <>
      <input type="hidden" name="noticeId" value={notice.id} />
      <input type="hidden" name="contentHash" value={notice.contentHash ?? ""} />
      <input type="hidden" name="locale" value={locale} />
    </>
  );
}
