import { Banner } from "@/components/ui/banner";
import type { Locale } from "@/db/vocabulary/languages";
import type { checkBundle } from "@/lib/check-proof";
import { formatDateTime } from "@/lib/format";

import type { Found, ProofWords } from "./proof-words";

type Bound = { file: string; proof: string };

/** What a bundle was found to be, and of how many files. */
export type FoundBundle = Pick<Awaited<ReturnType<typeof checkBundle>>, "fault"> & {
  files: number;
  proofs: Map<string, Found>;
  isKnown: boolean | null;
  list: (Record<"sealed", Bound[]> & { posted?: Bound[] }) | null;
  stamps: { file: string; at: string; proofs: number }[];
};

type Props = { found: FoundBundle; words: ProofWords; locale: Locale };

/** Whether a bundle holds, and if it does which entries it proves and which of its files they seal. */
export function BundleFound({ found, words: { bundle, ...words }, locale }: Props) {
  const { fault, files, proofs, isKnown, list, stamps } = found;
  if (fault) return <BundleFault fault={fault} words={{ bundle, ...words }} />;
  const counted = bundle.holds
    .replace("{files}", String(files))
    .replace("{proofs}", String(proofs.size));
  return (
    <>
      <div role="status" className="mt-4">
        {isKnown ? (
          <Banner tone="ok" title={words.holds}>
            {counted}
          </Banner>
        ) : (
          <Banner tone="warn" title={words.stranger}>
            {words.strangerText}
          </Banner>
        )}
      </div>
      <section className="mt-6">
        <h2 className="text-lead mb-2 leading-6.5">{bundle.records}</h2>
        <ol className="grid gap-2">
          {[...proofs].map(([path, { proof, sealedAt }]) => (
            <li key={path}>
              <code>{proof.entry.action}</code>{" "}
              <span className="text-ink-muted">
                {words.recorded} {formatDateTime(proof.entry.at, locale)} · {words.sealed}{" "}
                {formatDateTime(sealedAt ?? "", locale)}
              </span>
            </li>
          ))}
        </ol>
      </section>
      {stamps.length > 0 && (
        <section className="mt-6">
          <h2 className="text-lead mb-2 leading-6.5">{bundle.stamps}</h2>
          <ul className="grid gap-2">
            {stamps.map(({ file, at, proofs: count }) => (
              <li key={file} className="wrap-anywhere">
                {bundle.stamp
                  .replace("{at}", formatDateTime(at, locale))
                  .replace("{proofs}", String(count))}{" "}
                <span className="text-ink-muted">({file})</span>
              </li>
            ))}
          </ul>
          <p className="text-ink-muted mt-2">{bundle.stampNote}</p>
        </section>
      )}
      <section className="mt-6">
        <h2 className="text-lead mb-2 leading-6.5">{bundle.bound}</h2>
        <ul className="grid gap-2">
          {[...(list?.sealed ?? []), ...(list?.posted ?? [])].map(({ file, proof }) => (
            <li key={file} className="wrap-anywhere">
              <code>{file}</code> <span className="text-ink-muted">← {proof}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

type FaultProps = { fault: NonNullable<FoundBundle["fault"]>; words: ProofWords };

function BundleFault({ fault: { file, part, byte }, words: { bundle, parts } }: FaultProps) {
  const why = bundle.parts[part] ?? parts.find((one) => one.part === part)?.bad;
  return (
    <div role="status" className="mt-4">
      <Banner tone="danger" title={bundle.fails.replace("{file}", file)}>
        {why}
        {byte !== null && ` ${bundle.failsAt.replace("{byte}", String(byte))}`}
      </Banner>
    </div>
  );
}
