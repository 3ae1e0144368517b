import { useTranslations } from "next-intl";

import { Chip } from "@/components/ui/chip";
import { Status, type StatusTone } from "@/components/ui/status";
import { CellNote } from "@/components/ui/table";
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
