import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { NoteForm } from "@/components/form/note-form";
import { SubmitButton } from "@/components/form/submit-button";
import { PROPOSAL_TONES } from "@/components/incidents/incident-status";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import { may } from "@/domain/access/permissions";
import { type Person } from "@/domain/context";
import { type Course } from "@/domain/incidents/read-course";
import { type OpsIncident } from "@/domain/incidents/find-incident";
import { needsTypedCount } from "@/domain/reviews/rules";
import { at } from "@/lib/addresses";
import { formatNumber } from "@/lib/format";
import { ApproveForm, SendBackForm } from "@/app/[locale]/(ops)/ops/_reviews/decision";

import { approveProposalAction, proposeAction, refuseProposalAction } from "../actions";

type Props = Pick<OpsIncident, "incident" | "mayPropose"> &
  Pick<Course, "proposals" | "people"> & { actor: Person };
type Entry = Course["proposals"][number];

/** False alarms and reopenings: who proposed them, why, whose word they have; and the one that waits. */
export async function Proposals(props: Props) {
  const { actor, incident, proposals, mayPropose } = props;
  const [t, duties] = await Promise.all([
    getTranslations("incidents.desk.proposal"),
    getTranslations("incidents.desk.duties"),
  ]);
  const open = proposals.find(({ decision }) => decision === null);
  const proposes = !open && may(actor, "incident.propose") ? mayPropose : [];
  if (proposals.length === 0 && proposes.length === 0) return null;
  return (
    <Section title={t("title")} note={t("note")} id="proposals">
      {proposals.length > 0 && (
        <Timeline
          label={t("title")}
          events={proposals.map((entry) => ({
            key: entry.id,
            tone: PROPOSAL_TONES[entry.decision ?? "waits"],
            title: entry.duty
              ? t("what.waiver", { duty: duties(`duty.${entry.duty}`) })
              : t(`what.${entry.what}`, { duty: "" }),
            note: (
              <>
                {t("proposed", { name: entry.proposerName })}{" "}
                <Time at={entry.proposedAt} form="table" />
              </>
            ),
            children: <Outcome {...entry} />,
          }))}
        />
      )}
      {open && <Open {...props} open={open} />}
      {proposes.map((what) => (
        <details key={what} className="mt-4">
          <summary className="text-link inline-block min-h-6 cursor-pointer">
            {t(`propose.${what}`)}
          </summary>
          <p className="text-ink-muted max-w-measure mt-2">{t(`explain.${what}`)}</p>
          <NoteForm
            action={proposeAction}
            guard
            label={t(`propose.${what}`)}
            subject={{ number: incident.number, incidentId: incident.id, what }}
            note={{
              name: "reason",
              label: t("reason"),
              hint: t(`reasonHint.${what}`),
              maxLength: 2000,
            }}
            submit={t(`propose.${what}`)}
          />
        </details>
      ))}
    </Section>
  );
}

async function Outcome(entry: Entry) {
  const t = await getTranslations("incidents.desk.proposal");
  const { decision, decidedAt, decidedBy, proposedBy, broadcastId } = entry;
  const isTakenBack = decision === "rejected" && decidedBy === proposedBy;
  const state = isTakenBack ? "takenBack" : (decision ?? "waits");
  return (
    <div className="text-small wrap-anywhere whitespace-pre-line">
      <p>{t("because", { reason: entry.reason })}</p>
      <p>
        {t(`state.${state}`, { name: entry.deciderName ?? "" })}
        {decidedAt && (
          <>
            {" "}
            <Time at={decidedAt} form="table" />
          </>
        )}
      </p>
      {entry.decisionReason && <p>{t("refusal", { reason: entry.decisionReason })}</p>}
      {broadcastId && <Link href={at("/ops/broadcasts/*", broadcastId)}>{t("board")}</Link>}
    </div>
  );
}

async function Open({ actor, incident, people: count, open }: Props & { open: Entry }) {
  const [t, locale] = await Promise.all([getTranslations("incidents.desk.proposal"), getLocale()]);
  const hidden = { incidentId: incident.id, proposalId: open.id };
  if (open.proposedBy === actor.id)
    return (
      <ActionForm action={refuseProposalAction} label={t("takeBack")} className="mt-4">
        <p className="text-ink-muted mb-3">{t("ownWaits")}</p>
        <input type="hidden" name="incidentId" value={incident.id} />
        <input type="hidden" name="proposalId" value={open.id} />
        <SubmitButton variant="outline">{t("takeBack")}</SubmitButton>
      </ActionForm>
    );
  if (!may(actor, "notice.review"))
    return (
      <div className="mt-4">
        <Banner tone="plain">{t("waitsForSecond")}</Banner>
      </div>
    );
  const people = formatNumber(count, locale);
  const tells = open.what === "false_alarm" && count > 0;
  return (
    <div className="mt-4 grid gap-x-10 gap-y-8 md:grid-cols-2">
      <ApproveForm
        hidden={hidden}
        action={approveProposalAction}
        label={t(`approve.${open.what}`)}
        note={tells ? t("tells", { people }) : t("tellsNobody")}
        confirm={{
          title: t(`confirm.${open.what}`),
          body: tells ? t("tells", { people }) : t("tellsNobody"),
          confirmLabel: t(`approve.${open.what}`),
          danger: tells,
        }}
        typed={
          needsTypedCount(count)
            ? { label: t("typed"), hint: t("typedHint", { people }), expected: count }
            : null
        }
      />
      <SendBackForm
        hidden={hidden}
        action={refuseProposalAction}
        words={{ label: t("refuse"), reason: t("refuseReason"), hint: t("refuseHint") }}
      />
    </div>
  );
}
