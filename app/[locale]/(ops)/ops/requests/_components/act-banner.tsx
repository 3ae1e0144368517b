import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";

/** What can be done with a case and is confirmed on the page that follows. */
const ACTS = [
  "taken",
  "assigned",
  "verified",
  "asked",
  "stopped",
  "routed",
  "takenBack",
  "proposed",
  "reconsidered",
  "approved",
  "sentBack",
  "completed",
  "answered",
] as const;
export type Act = (typeof ACTS)[number];

type Props = { done: string | string[] | undefined; number: string };

/** The sentence that confirms an act; nothing for an address that names none. */
export function ActBanner({ done, number }: Props) {
  const t = useTranslations("requests.desk.done");
  const act = ACTS.find((one) => one === done);
  if (!act) return null;
  return (
    <div className="mb-5">
      <Banner tone="ok" role="status">
        {t(act, { number })}
      </Banner>
    </div>
  );
}
