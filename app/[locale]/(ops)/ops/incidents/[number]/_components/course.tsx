import { getTranslations } from "next-intl/server";

import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { Timeline, type TimelineEvent } from "@/components/ui/timeline";
import { type Course as Read } from "@/domain/incidents/read-course";

type Event = Read["events"][number];

/** What was done about the incident, by whom and when, the latest first (P16). */
export async function Course({ events }: Pick<Read, "events">) {
  const t = await getTranslations("incidents.desk.course");
  return (
    <Section title={t("title")} note={t("note")}>
      <Timeline
        label={t("title")}
        events={await Promise.all(
          events.toReversed().map(async (event) => ({
            key: String(event.seq),
            tone: toneOf(event),
            title: await whatOf(event),
            note: (
              <>
                {event.by && <>{event.by} </>}
                <Time at={event.at} form="table" />
              </>
            ),
            children: <Moment {...event} />,
          })),
        )}
      />
    </Section>
  );
}

const IS_WARNING = new Set<Event["action"]>([
  ...(["incident.proposal_approved", "notice.sent_alone", "notice.unseen"] as const),
]);

function toneOf({ action, said }: Event): TimelineEvent["tone"] {
  if (action === "incident.opened") return "info";
  if (action === "incident.moved") return said.status === "investigating" ? "warn" : "ok";
  if (action === "notice.looked_at") return said.verdict === "confirmed" ? "ok" : "warn";
  return IS_WARNING.has(action) ? "warn" : "run";
}

async function whatOf({ action, said, ownerName, sequence }: Event): Promise<string> {
  const [t, status] = await Promise.all([
    getTranslations("incidents.desk.course"),
    getTranslations("notices.status"),
  ]);
  switch (action) {
    case "incident.opened":
      return t("opened", { name: ownerName ?? "" });
    case "incident.containment_begun":
      return t("begun");
    case "incident.moved":
      return t("moved", { status: status(said.status ?? "investigating") });
    case "incident.proposal_approved":
      return t(`proposal.${said.what ?? "reopening"}`);
    case "incident.edited":
      return t("owner", { name: ownerName ?? "" });
    case "notice.sent_alone":
      return t("sentAlone", { sequence: sequence ?? 0 });
    case "notice.looked_at":
      return t(`looked.${said.verdict ?? "confirmed"}`, { sequence: sequence ?? 0 });
    case "notice.unseen":
      return t("unseen", { sequence: sequence ?? 0 });
  }
}

/** Moments are given by the minute. */
const MINUTE = 60_000;

/** When it happened, where that was another moment than when it was said. */
async function Moment({ at: saidAt, said }: Event) {
  const t = await getTranslations("incidents.desk.course");
  const { status, containmentBegunAt, containedAt, resolvedAt } = said;
  const moment =
    status === "contained"
      ? containedAt
      : status === "resolved"
        ? resolvedAt
        : status
          ? null
          : containmentBegunAt;
  if (!moment || Math.abs(moment.getTime() - saidAt.getTime()) < MINUTE) return null;
  return (
    <p className="text-small">{t.rich("at", { at: () => <Time at={moment} form="table" /> })}</p>
  );
}
