import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";

const DONE = [
  "opened",
  "edited",
  "editedWaits",
  "moved",
  "gradeDecided",
  "rehearsalEnded",
  "begun",
  "proposed",
  "proposalDecided",
  "reportSaved",
  "reportHandedIn",
  "lifted",
  "discarded",
  "submitted",
  "approved",
  "approvedSilent",
  "sentAlone",
  "confirmed",
  "objected",
  "objectedDraft",
  "scheduled",
  "takenBack",
  "templateSaved",
  "templateRetired",
  "templateUsed",
  "audienceSaved",
  "audienceLookedAt",
  "audienceRetired",
  "returned",
  "versionApproved",
  "versionTold",
] as const;
export type DoneWord = (typeof DONE)[number];

/** What can be done with a case and is confirmed on the page that follows. */
const ACTS = [
  "taken",
  "assigned",
  "verified",
  "asked",
  "extended",
  "stopped",
  "finishedByHand",
  "written",
  "kept",
  "routed",
  "takenBack",
  "linked",
  "unlinked",
  "linked",
  "unlinked",
  "proposed",
  "reconsidered",
  "approved",
  "sentBack",
  "completed",
  "answered",
] as const;
export type Act = (typeof ACTS)[number];

const SAVED = ["account", "member", "memberRemoved", "memberAddress", "app", "appClosed"] as const;

/** What an address says was done: anything but a known word says nothing. */
type Word = string | string[] | undefined;

/** Says what the form before this page has done. */
export function SuccessBanner({ what, actions }: { what: Word; actions?: React.ReactNode }) {
  const t = useTranslations("incidents.desk.done");
  const done = DONE.find((one) => one === what);
  return done ? <Sentence actions={actions}>{t(done)}</Sentence> : null;
}

/** The same of an act on a request. */
export function ActBanner({ done, number }: { done: Word; number: string }) {
  const t = useTranslations("requests.desk.done");
  const act = ACTS.find((one) => one === done);
  return act ? <Sentence>{t(act, { number })}</Sentence> : null;
}

/** The same of an account. */
export function SaveBanner({ what }: { what: Word }) {
  const t = useTranslations("accounts.saved");
  const saved = SAVED.find((one) => one === what);
  return saved ? <Sentence>{t(saved)}</Sentence> : null;
}

type SentenceProps = { actions?: React.ReactNode; children: React.ReactNode };

function Sentence({ actions, children }: SentenceProps) {
  return (
    <div className="mb-6">
      <Banner tone="ok" role="status" actions={actions}>
        {children}
      </Banner>
    </div>
  );
}
