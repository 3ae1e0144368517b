import { useTranslations } from "next-intl";

import { Chip } from "@/components/ui/chip";
import { Status, type StatusTone } from "@/components/ui/status";
import { CellNote } from "@/components/ui/table";
import { FOLLOW_KINDS, type FollowKind } from "@/db/vocabulary/incidents";
import type { BroadcastStatus as Value } from "@/db/vocabulary/broadcasts";

type Props = {
  broadcast: {
    status: Value;
    cancelledAt: Date | null;
    preparedAt: Date | null;
    unreachedAccounts?: number;
    /** Whether some of those it tells are held back for its second wave. */
    isHeld?: boolean;
  };
};

const BROADCAST_TONES: Record<Value, StatusTone> = {
  sending: "run",
  paused: "warn",
  finished: "ok",
};

/** How a broadcast stands, with what its end has left to do: "已结束，3 个账号未送达". */
export function BroadcastStatus({ broadcast }: Props) {
  const { status, cancelledAt, preparedAt, isHeld, unreachedAccounts: accounts = 0 } = broadcast;
  const t = useTranslations("broadcasts.board");
  if (status === "finished" && accounts > 0)
    return <Status tone="danger">{t("state.finishedUnreached", { accounts })}</Status>;
  if (cancelledAt)
    return (
      <Status tone="off">
        {t(status === "finished" ? "state.finishedCancelled" : "state.cancelling")}
      </Status>
    );
  if (status === "sending" && !preparedAt)
    return <Status tone="run">{t(isHeld ? "state.held" : "state.preparing")}</Status>;
  return <Status tone={BROADCAST_TONES[status]}>{t(`state.${status}`)}</Status>;
}

/** Mails of a broadcast that did not arrive; that some failed stands out, whatever its end. */
export function MissedCount({ count, failed }: { count: number; failed: number }) {
  const t = useTranslations("broadcasts.board.list");
  return (
    <CellNote>
      <Status tone={failed > 0 ? "danger" : "off"}>{t("unreached", { count })}</Status>
    </CellNote>
  );
}

/** Whether somebody has told an account that a notice did not reach. */
export function UnreachedStatus({ settledAt }: { settledAt: Date | null }) {
  const t = useTranslations("broadcasts.unreached.state");
  return <Status tone={settledAt ? "ok" : "danger"}>{t(settledAt ? "settled" : "open")}</Status>;
}

export function WithdrawnChip() {
  const t = useTranslations("withdrawals");
  return <Chip tone="warn">{t("mark")}</Chip>;
}

type MarkProps = {
  withdrawnAt: Date | null;
  /** What has corrected an announcement, added to it or ended it. */
  following: readonly { kind: FollowKind }[];
};

const FOLLOW_TONES = { correction: "warn", update: "plain", end: "plain" } as const;

/** What has become of what was told: withdrawn, or else corrected, updated, ended; nothing where it stands as it was. */
export function Marks({ withdrawnAt, following }: MarkProps) {
  const t = useTranslations("notices.follow.mark");
  if (withdrawnAt) return <WithdrawnChip />;
  const kinds = FOLLOW_KINDS.filter((kind) => following.some((one) => one.kind === kind));
  if (kinds.length === 0) return null;
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {kinds.map((kind) => (
        <Chip key={kind} tone={FOLLOW_TONES[kind]}>
          {t(kind)}
        </Chip>
      ))}
    </span>
  );
}
