import { getTranslations } from "next-intl/server";

import { DeliveryTotals } from "@/components/broadcasts/delivery-totals";
import { CoolingMeter } from "@/components/deregistrations/cooling-meter";
import { IncidentClock } from "@/components/incidents/incident-clock";
import { VersionRibbon } from "@/components/policies/version-ribbon";
import { TermBar } from "@/components/requests/term-bar";
import { Facts } from "@/components/ui/facts";
import { Section } from "@/components/ui/section";
import { StepBar } from "@/components/ui/step-bar";

const NOW = new Date("2026-11-20T02:00:00Z");
const at = (day: string) => new Date(`${day}T02:00:00Z`);

/** What is drawn, with few and with many, early and late. */
export async function DrawingStories() {
  const t = await getTranslations("mailbox.stories.drawings");
  return (
    <Section title={t("title")}>
      <Facts
        facts={[
          { term: t("term"), value: <TermBar term={termOf(6)} /> },
          { term: t("late"), value: <TermBar term={termOf(22)} /> },
          {
            term: t("termWide"),
            value: (
              <TermBar
                term={termOf(6)}
                wide={{ startedAt: at("2026-11-12"), isAppeal: false, dueDate: "2026-12-03" }}
              />
            ),
          },
          { term: t("cooling"), value: <CoolingMeter executeAfter={at("2026-11-24")} now={NOW} /> },
          { term: t("wizard"), value: <StepBar label={t("wizard")} step={3} of={7} /> },
        ]}
      />
      <DeliveryTotals
        title={t("deliveries")}
        counts={[
          { status: "delivered", count: 8120 },
          { status: "sent", count: 640 },
          { status: "bounced", count: 12 },
          { status: "queued", count: 230 },
        ]}
      />
      <IncidentClock
        discoveredAt={at("2026-11-18")}
        toldAt={at("2026-11-19")}
        containedAt={at("2026-11-20")}
        resolvedAt={null}
        dueAt={at("2026-11-21")}
        now={NOW}
      />
      <VersionRibbon
        now={NOW}
        versions={[
          {
            id: "1",
            label: "1.0",
            status: "archived",
            effectiveAt: at("2025-03-01"),
            archivedAt: at("2026-02-01"),
          },
          {
            id: "2",
            label: "1.1",
            status: "in_force",
            effectiveAt: at("2026-02-01"),
            archivedAt: null,
          },
          {
            id: "3",
            label: "2.0",
            status: "scheduled",
            effectiveAt: at("2026-12-15"),
            archivedAt: null,
          },
        ]}
      />
    </Section>
  );
}

/** Fifteen working days, of which so many are over; beyond them it is late. */
function termOf(passed: number) {
  return Array.from({ length: Math.max(15, passed) }, (_, index) => ({
    day: `day ${index}`,
    isPassed: index < passed,
    isOver: index >= 15,
    daysOff: index % 5 === 4 ? 2 : 0,
    isProvisional: false,
  }));
}
