import { useTranslations } from "next-intl";

import { Letterhead } from "@/components/layout/lockup";
import type { Crumb } from "@/components/ui/breadcrumb";
import { Facts } from "@/components/ui/facts";
import { Hash, HashStatus } from "@/components/ui/hash";
import { KeepActions } from "@/components/ui/keep-actions";
import { ProofSheet } from "@/components/ui/proof-sheet";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { AnswerSheet as Sheet } from "@/domain/requests/answer-sheet";

import { AnswerBody } from "./answer-text";
import { GivenFiles } from "./given-files";
import { TermBar } from "./term-bar";

type Props = {
  sheet: Sheet;
  vendor: string;
  crumbs: readonly Crumb[];
  /** Of the page itself, in full. */
  address: string;
  /** Where its files are downloaded from. */
  room: "" | "/ops";
};

/** The answer of a request as a proof to keep: what was decided, when in its term, by whom, and its fingerprint. */
export function AnswerSheet({ sheet, vendor, crumbs, address, room }: Props) {
  const t = useTranslations("requests.answerSheet");
  const words = useTranslations("requests");
  const { number, type, answer, term } = sheet;
  return (
    <ProofSheet
      crumbs={crumbs}
      head={<Letterhead owner={vendor} />}
      kind={t("name")}
      number={number}
      sentence={words("answer.title", { outcome: words(`outcome.${answer.decision}`) })}
      check={<Fingerprint {...sheet} />}
      stamp={{ look: "seal", word: t("stamp"), at: answer.givenAt }}
      keep={<KeepActions address={address} />}
    >
      <Facts
        facts={[
          { term: t("request"), value: words(`type.${type}`) },
          { term: t("received"), value: <Time at={sheet.receivedAt} form="full" /> },
          ...(term.isAppeal
            ? [{ term: t("appealed"), value: <Time at={term.startedAt} form="full" /> }]
            : []),
          { term: t("given"), value: <Time at={answer.givenAt} form="full" /> },
          {
            term: t("day"),
            value: t(dayKey(term), { passed: term.passed, all: term.all, over: term.over }),
          },
          { term: t("by"), value: t("byText", { vendor }) },
        ]}
      />
      <div className="mt-5 print:mb-6">
        <TermBar term={term.days} wide={term} isAnswered />
      </div>
      <Section title={t("text")}>
        {answer.isAppealed && <p className="mb-3 font-semibold">{t("appealedNote")}</p>}
        <AnswerBody {...answer} />
        <GivenFiles files={sheet.files} from={{ room, number }} />
      </Section>
    </ProofSheet>
  );
}

const dayKey = ({ over, passed }: Sheet["term"]) => {
  if (over > 0) return "late";
  return passed > 0 ? "dayOf" : "sameDay";
};

/** Whether that is still what was answered. */
function Fingerprint({ hash, isUnchanged }: Sheet) {
  const t = useTranslations("requests.answerSheet");
  return (
    <Section title={t("hash")}>
      <Hash value={hash} full />
      <p className="mt-2">
        {isUnchanged === null ? (
          t("unrecorded")
        ) : (
          <HashStatus isSame={isUnchanged}>{t(isUnchanged ? "unchanged" : "changed")}</HashStatus>
        )}
      </p>
      <p className="text-ink-muted text-small max-w-measure mt-2">{t("proof")}</p>
    </Section>
  );
}
