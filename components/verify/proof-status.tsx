import { Banner } from "@/components/ui/banner";
import { Status } from "@/components/ui/status";

import type { Found, ProofWords } from "./proof-words";

/** Before a file is there, while it is looked at, why it cannot be, or how it ended. */
export type ProofState = "idle" | "checking" | "unread" | "cannot" | Found;

/** Whether it holds, in one sentence. */
export function ProofVerdict({ state, words }: { state: ProofState; words: ProofWords }) {
  if (state === "idle") return null;
  if (state === "checking") return <p>{words.checking}</p>;
  if (state === "unread") return <Banner tone="danger">{words.unread}</Banner>;
  if (state === "cannot")
    return (
      <Banner tone="warn" title={words.cannot}>
        {words.cannotText}
      </Banner>
    );
  const { fault, isKnown } = state;
  if (fault)
    return (
      <Banner tone="danger" title={words.fails}>
        {words.parts.find(({ part }) => part === fault.part)?.bad} · {words.failsAt} {fault.byte}
      </Banner>
    );
  return isKnown ? (
    <Banner tone="ok" title={words.holds}>
      {words.holdsText}
    </Banner>
  ) : (
    <Banner tone="warn" title={words.stranger}>
      {words.strangerText}
    </Banner>
  );
}

/** What holds, what does not, and what was not looked at after it. */
export function ProofSteps({ found: { fault }, words }: { found: Found; words: ProofWords }) {
  const failed = words.parts.findIndex(({ part }) => part === fault?.part);
  return (
    <section>
      <h2 className="text-lead mb-2 leading-6.5">{words.steps}</h2>
      <ol className="grid gap-1">
        {words.parts.map(({ part, ok, bad }, index) => (
          <li key={part}>
            {failed === -1 || index < failed ? (
              <Status tone="ok">{ok}</Status>
            ) : index === failed ? (
              <Status tone="danger">{bad}</Status>
            ) : (
              <Status tone="off">
                {ok} · {words.notChecked}
              </Status>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
