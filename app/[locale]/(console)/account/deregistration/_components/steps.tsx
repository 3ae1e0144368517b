import type { useTranslations } from "next-intl";

import type { Step } from "@/components/ui/stepper";
import type { OwnDeregistration } from "@/domain/deregistrations/read-own";
import { formatTableDateTime } from "@/lib/format";

type Asked = {
  own: OwnDeregistration;
  open: NonNullable<OwnDeregistration["open"]>;
  t: ReturnType<typeof useTranslations<"deregistrations.own">>;
};

/** The steps from the request to the end; the second owner's is left out where there was none. */
export function stepsOf({ own, open, t }: Asked): Step[] {
  const at = (moment: Date | null) => (moment ? formatTableDateTime(moment) : "");
  const waits = open.status === "awaiting_owner";
  const others = own.owners.filter(({ id }) => id !== open.requestedBy);
  const confirmation: Step[] =
    waits || open.confirmedAt
      ? [
          {
            key: "confirmed",
            label: t("standing.confirmed"),
            state: waits ? "current" : "done",
            note: open.confirmedAt
              ? t("standing.confirmedNote", {
                  name: open.confirmerName ?? "",
                  at: at(open.confirmedAt),
                })
              : others.length > 0
                ? t("standing.confirmedOpen", {
                    owners: others.map(({ name }) => name).join(t("separator")),
                  })
                : t("standing.nobodyLeft"),
          },
        ]
      : [];
  return [
    {
      key: "requested",
      label: t("standing.requested"),
      note: t("standing.requestedNote", { name: open.requesterName, at: at(open.requestedAt) }),
      state: "done",
    },
    ...confirmation,
    {
      key: "cooling",
      label: t("standing.cooling"),
      note: open.executeAfter && t("standing.coolingNote", { at: at(open.executeAfter) }),
      state: waits ? "todo" : "current",
    },
    { key: "done", label: t("standing.done"), note: t("standing.doneNote"), state: "todo" },
  ];
}
