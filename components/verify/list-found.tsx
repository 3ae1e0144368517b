import { Banner } from "@/components/ui/banner";
import type { checkList } from "@/lib/check-proof";

import type { ProofWords } from "./proof-words";

/** How the check of a list of proofs ended. */
export type FoundList = Awaited<ReturnType<typeof checkList>> & { isList: true };

type Props = { found: FoundList; words: ProofWords };

/** Whether all of them hold, or which does not, and why. */
export function ListFound({ found: { fault, proofs, isKnown }, words }: Props) {
  const { list, parts } = words;
  if (fault || !proofs) {
    const which = fault?.number ? `${list.at.replace("{number}", String(fault.number))} · ` : "";
    const bad = parts.find(({ part }) => part === fault?.part)?.bad ?? "";
    return (
      <div role="status" className="mt-4">
        <Banner tone="danger" title={words.fails}>
          {which}
          {bad} · {words.failsAt} {fault?.byte}
        </Banner>
      </div>
    );
  }
  return (
    <div role="status" className="mt-4">
      {isKnown ? (
        <Banner tone="ok" title={list.holds.replace("{proofs}", String(proofs.length))}>
          {list.holdsText}
        </Banner>
      ) : (
        <Banner tone="warn" title={words.stranger}>
          {words.strangerText}
        </Banner>
      )}
    </div>
  );
}
