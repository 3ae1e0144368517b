import { useLocale, useTranslations } from "next-intl";

import { AnswerStatus } from "@/components/policies/answer-status";
import { Link } from "@/components/ui/link";
import type { PolicyAcknowledgement, PolicyVersion } from "@/db/schema";
import { BINDING_ROLES, type MemberRole } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";

import { AcknowledgeForm } from "./acknowledge-form";
import { DisagreeForm } from "./disagree-form";

type Props = {
  account: {
    id: string;
    name: string;
    uin: string;
    role: MemberRole;
    answers: PolicyAcknowledgement[];
    binders: string[];
  };
  version: PolicyVersion;
  title: string;
  /** What stopping takes, for who disagrees. */
  stop: React.ReactNode;
};

/** One account's answer: what was given, or the forms for those who may give it. */
export function AccountAnswer({ account, version, title, stop }: Props) {
  const latest = account.answers.at(-1);
  return (
    <div className="border-line border-t py-5 first:border-t-0 first:pt-1">
      <h3 className="text-h4 mb-2">
        {account.name}{" "}
        <span className="text-ink-muted text-small font-normal">UIN {account.uin}</span>
      </h3>
      {latest && <Given answer={latest} leadsToStop={version.status !== "withdrawn"} />}
      {latest?.answer !== "acknowledged" && (
        <Open {...{ account, version, title, stop }} mayDisagree={!latest} />
      )}
    </div>
  );
}

/** What may still be answered, by whom. */
function Open({ account, version, title, stop, mayDisagree }: Props & { mayDisagree: boolean }) {
  const t = useTranslations("acknowledgements.page");
  if (version.status !== "scheduled" && version.status !== "in_force")
    return mayDisagree ? <p className="text-ink-muted">{t("closed")}</p> : null;

  const binds = BINDING_ROLES.some((role) => role === account.role);
  if (!binds) {
    const names = account.binders.join(t("and"));
    return (
      <p className="text-ink-soft mt-1">
        {t("notYours", { role: t(`role.${account.role}`), names })}
      </p>
    );
  }
  const form = { account, version, title };
  return (
    <>
      <AcknowledgeForm {...form} />
      {mayDisagree && <DisagreeForm {...form} stop={stop} />}
    </>
  );
}

type GivenProps = { answer: PolicyAcknowledgement; leadsToStop: boolean };

function Given({ answer, leadsToStop }: GivenProps) {
  const t = useTranslations("acknowledgements");
  const locale = useLocale() as Locale;
  return (
    <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
      <AnswerStatus answer={answer.answer} />
      <span className="text-ink-soft">
        {t("page.givenBy", {
          name: answer.personName,
          date: formatDateTime(answer.answeredAt, locale),
        })}
      </span>
      <Link href={at("/receipts/*", answer.receiptNumber)}>
        {t("page.receipt", { number: answer.receiptNumber })}
      </Link>
      {leadsToStop && answer.answer === "disagreed" && (
        <Link href={at("/receipts/*", answer.receiptNumber, { "#": "stop" })}>
          {t("stop.open")}
        </Link>
      )}
    </p>
  );
}
