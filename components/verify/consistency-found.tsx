import { Banner } from "@/components/ui/banner";
import type { Locale } from "@/db/vocabulary/languages";
import type { checkConsistency } from "@/lib/check-proof";
import { formatDateTime } from "@/lib/format";

import type { ProofWords } from "./proof-words";

/** How the check ended that one checkpoint goes on from another. */
export type FoundConsistency = Awaited<ReturnType<typeof checkConsistency>> & {
  isConsistency: true;
};

type Props = { found: FoundConsistency; words: ProofWords; locale: Locale };

/** Whether it does, and both notes as they were signed, to be compared with what the reader has kept. */
export function ConsistencyFound({ found, words: { checkpoints, ...words }, locale }: Props) {
  const { fault, earlier, later, isKnown } = found;
  if (fault || !earlier || !later)
    return (
      <div role="status" className="mt-4">
        <Banner tone="danger" title={words.fails}>
          {checkpoints.parts[fault?.part ?? "text"]} · {words.failsAt} {fault?.byte}
        </Banner>
      </div>
    );
  return (
    <>
      <div role="status" className="mt-4">
        {isKnown ? (
          <Banner tone="ok" title={checkpoints.holds}>
            {checkpoints.holdsText.replace("{size}", earlier.size.toLocaleString(locale))}
          </Banner>
        ) : (
          <Banner tone="warn" title={words.stranger}>
            {words.strangerText}
          </Banner>
        )}
      </div>
      {(
        [
          ["earlier", earlier],
          ["later", later],
        ] as const
      ).map(([which, { note, sealedAt }]) => (
        <section key={which} className="mt-6">
          <h2 className="text-lead mb-2 leading-6.5">{checkpoints[which]}</h2>
          <p className="text-ink-muted">
            {words.sealed} {formatDateTime(sealedAt, locale)}
          </p>
          <pre className="bg-sunken text-caption my-2 rounded-md px-3 py-2 wrap-anywhere whitespace-pre-wrap">
            {note}
          </pre>
        </section>
      ))}
    </>
  );
}
