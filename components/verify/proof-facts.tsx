import { Facts } from "@/components/ui/facts";
import type { Locale } from "@/db/vocabulary/languages";
import { formatDateTime } from "@/lib/format";

import type { Found, ProofWords } from "./proof-words";

type Props = { found: Found; words: ProofWords; locale: Locale };

/** What a proof that holds says: when, what, where in the record, by whose signature. */
export function ProofFacts({ found, words, locale }: Props) {
  const { proof, origin, size, sealedAt } = found;
  const { entry, what, key } = proof;
  const said: Record<string, unknown> = what?.value.after ?? {};
  const shown = words.fields.flatMap(([name, label]) => {
    const value = said[name];
    return typeof value === "string" ? [{ term: label, value: inWords(name, value) }] : [];
  });
  function inWords(name: string, value: string): string {
    if (name === "answeredAt") return formatDateTime(value, locale);
    return name === "answer" ? (words.answers[value] ?? value) : value;
  }
  return (
    <section>
      <h2 className="text-lead mb-2 leading-6.5">{words.says}</h2>
      <Facts
        facts={[
          ...shown,
          { term: words.action, value: <code>{entry.action}</code> },
          { term: words.recorded, value: formatDateTime(entry.at, locale) },
          { term: words.sealed, value: formatDateTime(sealedAt ?? "", locale) },
          { term: words.place, value: `${entry.place + 1} ${words.of} ${size}` },
          { term: words.origin, value: <span className="wrap-anywhere">{origin}</span> },
          { term: words.key, value: <code className="wrap-anywhere">{key.publicKey}</code> },
        ]}
      />
      {what ? (
        <details className="mt-3">
          <summary className="text-ink-muted cursor-pointer">{words.content}</summary>
          <pre className="bg-sunken text-caption mt-2 rounded-md px-3 py-2 wrap-anywhere whitespace-pre-wrap">
            {JSON.stringify({ who: proof.who.value, what: what.value }, null, 2)}
          </pre>
        </details>
      ) : (
        <p className="mt-3">{words.erased}</p>
      )}
    </section>
  );
}
