import { DetailFrame } from "@/components/layout/detail-frame";
import { SuccessBanner } from "@/app/[locale]/(ops)/ops/_components/success-banner";
import {
  WithdrawalPanel,
  WithdrawnNote,
} from "@/app/[locale]/(ops)/ops/_withdrawals/withdrawal-panel";
import { type Withdrawal } from "@/domain/broadcasts/withdrawals";

type Props = {
  head: React.ReactNode;
  done: string | string[] | undefined;
  withdrawals: readonly Withdrawal[];
  /** To withdraw it; null where it cannot be. */
  withdrawal: Omit<React.ComponentProps<typeof WithdrawalPanel>, "withdrawals"> | null;
  /** What a reader has to know first. */
  note?: React.ReactNode;
  aside: React.ReactNode;
  children: React.ReactNode;
};

/** What is out and never changes again: what it says, how it came about, and how it is withdrawn. */
export function Published(props: Props) {
  const { head, done, withdrawals, withdrawal, note, aside, children } = props;
  return (
    <>
      {head}
      <SuccessBanner what={done} />
      <WithdrawnNote withdrawals={withdrawals} />
      {note}
      <DetailFrame aside={aside}>
        {children}
        {withdrawal && <WithdrawalPanel {...withdrawal} withdrawals={withdrawals} />}
      </DetailFrame>
    </>
  );
}
