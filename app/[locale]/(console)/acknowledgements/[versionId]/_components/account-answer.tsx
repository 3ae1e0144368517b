import { useLocale, useTranslations } from "next-intl";

import { NoteForm } from "@/components/form/note-form";
import { AnswerStatus, AskStatus } from "@/components/policies/answer-status";
import { Conversation } from "@/components/policies/conversation";
import { Link } from "@/components/ui/link";
import type { PolicyAcknowledgement, PolicyVersion } from "@/db/schema";
import { BINDING_ROLES, type MemberRole } from "@/db/vocabulary/access";
import type { Locale } from "@/db/vocabulary/languages";
import type { AskState, ShownBy } from "@/db/vocabulary/policies";
import type { AskMessage } from "@/domain/policies/conversation";
import { takesAnswers } from "@/domain/policies/rules";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { shanghaiDay } from "@/lib/shanghai";
import { vendorName } from "@/server/vendor";

import { writeBackAction } from "../actions";
import { AcknowledgeForm } from "./acknowledge-form";
import { DeferForm } from "./defer-form";
import { DisagreeForm } from "./disagree-form";

type Props = {
  account: {
    id: string;
    name: string;
    uin: string;
    role: MemberRole;
    answers: PolicyAcknowledgement[];
    binders: string[];
    state: AskState;
    deferredUntil: string | null;
    waiverReason: string | null;
  };
  version: PolicyVersion;
  /** The later major version that asks in this one's place. */
  newer: { versionId: string; label: string } | null;
  now: Date;
  title: string;
  shownBy: ShownBy;
  /** What stopping takes, for who disagrees. */
  stop: React.ReactNode;
  /** What operations and the reader's accounts wrote to each other about it. */
  talks: readonly AskMessage[];
};

/** One account's answer: what was given, or the forms for those who may give it. */
export function AccountAnswer(props: Props) {
  const { account, version } = props;
  const latest = account.answers.at(-1);
  return (
    <div className="border-line border-t py-5 first:border-t-0 first:pt-1">
      <h3 className="text-h4 mb-2">
        {account.name}{" "}
        <span className="text-ink-muted text-small font-normal">UIN {account.uin}</span>
      </h3>
      {!latest && account.state !== "not_asked" && <Standing {...props} />}
      {latest && <Given answer={latest} leadsToStop={version.status !== "withdrawn"} />}
      {latest?.answer !== "acknowledged" && <Open {...props} mayDisagree={!latest} />}
      <Talk {...props} />
    </div>
  );
}

/** What may still be answered, by whom. */
function Open(props: Props & { mayDisagree: boolean }) {
  const { account, version, title, stop, newer, shownBy, now, mayDisagree } = props;
  const t = useTranslations("acknowledgements.page");
  if (newer && version.status !== "withdrawn") return <CoveredBy newer={newer} />;
  const asks = account.state !== "not_asked";
  if (!takesAnswers({ status: version.status, asks, isSuperseded: false }))
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
      <AcknowledgeForm {...form} shownBy={shownBy} />
      {account.state === "waiting" && <DeferForm {...form} today={shanghaiDay(now)} />}
      {mayDisagree && <DisagreeForm {...form} shownBy={shownBy} stop={stop} />}
    </>
  );
}

/** How the account stands while it has not answered. */
function Standing({ account, version: { effectiveAt } }: Props) {
  const t = useTranslations("acknowledgements.page");
  const locale = useLocale() as Locale;
  const { state, deferredUntil, waiverReason } = account;
  return (
    <>
      <p className="mb-1">
        <AskStatus state={state} />
      </p>
      <p className="text-ink-soft mb-2 empty:hidden">
        {state === "overdue" &&
          t("overdue", { date: effectiveAt ? formatDateTime(effectiveAt, locale) : "" })}
        {state === "deferred" && t("deferred", { date: deferredUntil ?? "" })}
        {state === "waived" && t("waived", { reason: waiverReason ?? "" })}
      </p>
    </>
  );
}

function CoveredBy({ newer: { versionId, label } }: { newer: NonNullable<Props["newer"]> }) {
  const t = useTranslations("acknowledgements.page");
  return (
    <p className="text-ink-soft">
      {t.rich("superseded", {
        label,
        newer: (words) => <Link href={at("/acknowledgements/*", versionId)}>{words}</Link>,
      })}
    </p>
  );
}

/** What operations wrote, and the way to write back. */
function Talk({ account, version, talks }: Props) {
  const t = useTranslations("acknowledgements.talk");
  const locale = useLocale();
  const messages = talks.filter(({ accountId }) => accountId === account.id);
  if (messages.length === 0) return null;
  return (
    <section id={`talk-${account.id}`} className="mt-5 scroll-mt-20">
      <h4 className="text-ui mb-2 font-semibold">{t("title")}</h4>
      <Conversation messages={messages} vendor={vendorName(locale)} />
      <NoteForm
        action={writeBackAction}
        label={t("write", { account: account.name })}
        subject={{ versionId: version.id, accountId: account.id }}
        note={{ name: "body", label: t("body"), hint: t("bodyHint"), maxLength: 2000 }}
        submit={t("submit")}
      />
    </section>
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
