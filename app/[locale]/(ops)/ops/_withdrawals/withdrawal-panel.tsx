import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { NoteForm } from "@/components/form/note-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { Withdrawable } from "@/db/vocabulary/broadcasts";
import { may } from "@/domain/access/permissions";
import { needsTypedCount } from "@/domain/reviews/rules";
import { type Withdrawal } from "@/domain/broadcasts/withdrawals";
import { type Context, type Person } from "@/domain/context";
import { at } from "@/lib/addresses";
import { formatDateTime, formatNumber } from "@/lib/format";

import { ApproveForm, SendBackForm } from "../_reviews/decision";
import {
  approveAnnouncement,
  approveVersion,
  proposeAnnouncement,
  proposeVersion,
  refuse,
} from "./actions";

const ACTIONS = {
  version: { propose: proposeVersion, approve: approveVersion, text: "textVersion" },
  notice: { propose: proposeAnnouncement, approve: approveAnnouncement, text: "textNotice" },
} as const;

type Props = {
  ctx: Context & { actor: Person };
  subjectType: Withdrawable;
  subjectId: string;
  /** How many the announcement told, whom a withdrawal tells again. */
  people: number;
  withdrawals: readonly Withdrawal[];
};

/** To propose that what was announced be withdrawn, and to decide on what a colleague proposed. */
export async function WithdrawalPanel(props: Props) {
  const { ctx, withdrawals } = props;
  const t = await getTranslations("withdrawals.ops");
  if (!may(ctx.actor, "withdrawal.propose")) return null;
  if (withdrawals.some(({ decision }) => decision === "approved")) return null;
  const open = withdrawals.find(({ decision }) => decision === null);
  return (
    <Section title={t("title")} id="withdrawal">
      {open ? <Open {...props} open={open} /> : <ProposeForm {...props} />}
    </Section>
  );
}

async function ProposeForm({ subjectType, subjectId, people }: Props) {
  const t = await getTranslations("withdrawals.ops");
  const { propose, text } = ACTIONS[subjectType];
  return (
    <>
      <p className="text-ink-muted max-w-measure mb-4">{t(text, { people })}</p>
      <NoteForm
        action={propose}
        guard
        subject={{ subjectId }}
        note={{ name: "reason", label: t("reason"), hint: t("reasonHint"), maxLength: 2000 }}
        submit={t("submit")}
        variant="danger"
      />
    </>
  );
}

async function Open({ open, ...props }: Props & { open: Withdrawal }) {
  const [t, locale] = await Promise.all([getTranslations("withdrawals.ops"), getLocale()]);
  const { ctx } = props;
  const isOwn = open.proposedBy === ctx.actor.id;
  const at = formatDateTime(open.proposedAt, locale);
  return (
    <>
      <div className="mb-4">
        <Banner tone="warn" title={t("waits", { name: open.proposerName ?? t("unnamed"), at })}>
          <span className="wrap-anywhere whitespace-pre-line">{open.reason}</span>
        </Banner>
      </div>
      {isOwn ? (
        <ActionForm action={refuse}>
          <p className="text-ink-muted mb-4">{t("ownWaits")}</p>
          <input type="hidden" name="subjectId" value={props.subjectId} />
          <SubmitButton variant="outline">{t("takeBack")}</SubmitButton>
        </ActionForm>
      ) : (
        may(ctx.actor, "withdrawal.review") && <Decide {...props} />
      )}
    </>
  );
}

async function Decide({ subjectType, subjectId, people: count }: Props) {
  const [t, locale] = await Promise.all([getTranslations("withdrawals.ops"), getLocale()]);
  const people = formatNumber(count, locale);
  const hidden = { subjectId };
  return (
    <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
      <ApproveForm
        hidden={hidden}
        action={ACTIONS[subjectType].approve}
        label={t("approve")}
        confirm={{
          title: t("confirmTitle", { people }),
          body: t("confirmText"),
          confirmLabel: t("approveAndTell", { people }),
          danger: true,
        }}
        typed={
          needsTypedCount(count)
            ? { label: t("typed"), hint: t("typedHint", { people }), expected: count }
            : null
        }
      />
      <SendBackForm
        hidden={hidden}
        action={refuse}
        words={{ label: t("refuse"), reason: t("refuseReason"), hint: t("refuseHint") }}
      />
    </div>
  );
}

/** Above the page of what was withdrawn: who, when, why, and whom that told. */
export async function WithdrawnNote({ withdrawals }: Pick<Props, "withdrawals">) {
  const [t, locale] = await Promise.all([getTranslations("withdrawals.ops"), getLocale()]);
  const done = withdrawals.find(({ decision }) => decision === "approved");
  if (!done) return null;
  const words = {
    proposer: done.proposerName ?? t("unnamed"),
    decider: done.deciderName ?? t("unnamed"),
    at: done.decidedAt ? formatDateTime(done.decidedAt, locale) : "",
    reason: done.reason,
  };
  return (
    <div className="mb-6">
      <Banner
        tone="warn"
        title={t("done")}
        actions={
          done.broadcastId && (
            <ButtonLink size="sm" href={at("/ops/broadcasts/*", done.broadcastId)}>
              {t("board")}
            </ButtonLink>
          )
        }
      >
        <span className="wrap-anywhere whitespace-pre-line">
          {t(done.proposedBy ? "by" : "byOne", words)}
        </span>
        {!done.broadcastId && <span className="mt-1 block">{t("untold")}</span>}
      </Banner>
    </div>
  );
}
