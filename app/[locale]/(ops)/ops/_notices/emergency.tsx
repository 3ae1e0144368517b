import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextareaField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { LookLine, SentLine } from "@/components/incidents/sending-status";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { type Context, type Person } from "@/domain/context";
import { mayBeSentAlone } from "@/domain/incidents/emergency-rules";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { formatNumber } from "@/lib/format";

import { ApproveForm, SendBackForm } from "../_reviews/decision";
import { Hidden } from "../_reviews/frame";
import { confirmSendingAction, objectAction, sendAloneAction } from "./actions";
import { noticeAddressOf } from "./address";

type Props = { ctx: Context & { actor: Person }; read: OpsNotice };

/** For who may send alone and cannot simply approve: the reason, the number of people, and what follows. */
export async function SendAlone({ ctx: { actor }, read }: Props) {
  const { notice, measured, changes } = read;
  const approves = may(actor, "notice.review") && !notice.writerIds.includes(actor.id);
  if (!may(actor, "notice.sendAlone") || approves || changes || !mayBeSentAlone(read)) return null;
  const [t, locale] = [await getTranslations("incidents.desk.emergency"), await getLocale()];
  const words = {
    people: formatNumber(measured.people, locale),
    accounts: formatNumber(measured.accounts, locale),
  };
  return (
    <Section id="emergency" title={t("title")} note={t("note")}>
      <ActionForm
        action={sendAloneAction}
        label={t("submit")}
        className="max-w-measure"
        confirm={{
          title: t("confirmTitle"),
          body: t("confirmText", words),
          confirmLabel: t("confirm", words),
          danger: true,
        }}
      >
        <Hidden values={{ noticeId: notice.id, contentHash: notice.contentHash ?? "" }} />
        <p className="mb-4">{t("explain", words)}</p>
        <TextareaField
          name="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          required
          rows={3}
          maxLength={2000}
        />
        <TextField
          name="typedPeople"
          label={t("typed")}
          hint={t("typedHint", words)}
          data-expected={measured.people}
          required
          inputMode="numeric"
          autoComplete="off"
          className="max-w-40"
        />
        <div className="mt-4">
          <SubmitButton variant="danger">{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

/** By whose word it left, above all else: red until a second person has looked at it and found it right. */
export async function SendingBanner({ read: { sending, incident } }: Pick<Props, "read">) {
  if (!sending) return null;
  const t = await getTranslations("incidents.desk.emergency");
  const { state, reason, objection, correctionId } = sending;
  const correction = correctionId && (
    <ButtonLink
      size="sm"
      href={noticeAddressOf({ id: correctionId, incidentNumber: incident?.number ?? null })}
    >
      {t("correction")}
    </ButtonLink>
  );
  return (
    <div className="mb-6">
      <Banner
        tone={state === "confirmed" ? "plain" : "danger"}
        title={<SentLine {...sending} />}
        actions={correction}
      >
        <LookLine {...sending} />
        <span className="mt-1 block wrap-anywhere whitespace-pre-line">
          {t("because", { reason })}
        </span>
        {objection && (
          <span className="block wrap-anywhere whitespace-pre-line">
            {t("objection", { reason: objection })}
          </span>
        )}
        {state === "objected" && !correctionId && (
          <span className="block">{t("noCorrection")}</span>
        )}
      </Banner>
    </div>
  );
}

/** The second person's look: whoever wrote or sent it is told that somebody else has to. */
export async function Look({ ctx: { actor }, read: { sending } }: Props) {
  if (!sending || sending.verdict) return null;
  const t = await getTranslations("incidents.desk.emergency");
  const isOwn = [sending.sentBy, ...sending.writerIds].includes(actor.id);
  const looks = may(actor, "notice.review") && !isOwn;
  const hidden = { noticeId: sending.noticeId };
  return (
    <Section id="look" title={t("look")} note={t("lookNote")}>
      {looks ? (
        <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
          <ApproveForm
            hidden={hidden}
            action={confirmSendingAction}
            label={t("agree")}
            note={t("agreeNote")}
            confirm={{
              title: t("agreeTitle"),
              body: t("agreeText"),
              confirmLabel: t("agree"),
            }}
            typed={null}
          />
          <SendBackForm
            hidden={hidden}
            action={objectAction}
            words={{ label: t("object"), reason: t("objectReason"), hint: t("objectHint") }}
          />
        </div>
      ) : (
        <Banner tone="plain">{t(isOwn ? "ownWaits" : "waitsForSecond")}</Banner>
      )}
    </Section>
  );
}
