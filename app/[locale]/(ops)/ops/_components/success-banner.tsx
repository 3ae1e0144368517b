import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";

const DONE = [
  "opened",
  "edited",
  "editedWaits",
  "moved",
  "gradeDecided",
  "lifted",
  "discarded",
  "submitted",
  "approved",
  "approvedSilent",
  "returned",
  "versionApproved",
  "versionTold",
] as const;
export type DoneWord = (typeof DONE)[number];

type Props = {
  /** The address's `done`: anything but a known word says nothing. */
  what: string | string[] | undefined;
  actions?: React.ReactNode;
};

/** Says what the form before this page has done. */
export function SuccessBanner({ what, actions }: Props) {
  const t = useTranslations("incidents.desk.done");
  const done = DONE.find((one) => one === what);
  if (!done) return null;
  return (
    <div className="mb-6">
      <Banner tone="ok" role="status" actions={actions}>
        {t(done)}
      </Banner>
    </div>
  );
}
