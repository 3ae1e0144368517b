import { useTranslations } from "next-intl";

import { DeclarationStatus } from "@/components/accounts/account-status";
import { CheckStatus } from "@/components/ui/check-status";
import { Facts } from "@/components/ui/facts";
import { Time } from "@/components/ui/time";
import { DECLARATION_TOPICS } from "@/db/vocabulary/accounts";
import { isOpen } from "@/domain/requests/rules";
import { shanghaiMidnight } from "@/lib/shanghai";

import { type RequestParts } from "./request-parts";

/** Who asks, from where, for which app, by when, and in whose hands it is. */
export function RequestFacts({ found }: Pick<RequestParts, "found">) {
  const t = useTranslations("requests.desk");
  const { requester, requesterKind, replyTo } = found;
  const origin = useOrigin(found);
  const facts = [
    {
      term: t("case.due"),
      value: <Time at={shanghaiMidnight(found.dueDate)} form="date" />,
    },
    isOpen(found.status) && {
      term: t("case.days"),
      value: t("case.daysOf", { passed: found.clock.passed, all: found.clock.all }),
    },
    ...useLimit(found),
    found.status === "with_developer" &&
      found.developerDueDate && {
        term: t("case.developerDue"),
        value: <Time at={shanghaiMidnight(found.developerDueDate)} form="date" />,
      },
    { term: t("case.received"), value: <Time at={found.receivedAt} /> },
    {
      term: t("col.from"),
      value: (
        <>
          {t(`requester.${requesterKind}`)}
          {requester && (
            <>
              {" "}
              {requester.name} <Address>{requester.email}</Address>
            </>
          )}
        </>
      ),
    },
    { term: t("case.language"), value: t(`case.languageOf.${found.locale}`) },
    found.onBehalf && { term: "", value: t("case.onBehalf") },
    replyTo && { term: t("case.replyTo"), value: <Address>{replyTo}</Address> },
    ...origin,
    {
      term: t("case.handler"),
      value: <Handler found={found} />,
    },
    { term: t("case.verified"), value: <Verification found={found} /> },
    ...useStop(found),
    found.receiptNumber && { term: t("case.receipt"), value: found.receiptNumber },
  ].filter((fact) => fact !== null && fact !== false && fact !== "");
  return <Facts facts={facts} />;
}

/** Whose case it is, also where they are no handler any more. */
function Handler({ found: { handlerName, isHandled } }: Pick<RequestParts, "found">) {
  const t = useTranslations("requests.desk");
  if (!handlerName) return t("unassigned");
  return isHandled ? handlerName : t("formerHandler", { name: handlerName });
}

/** Whose law the case is under, which rule set its day where that was not the promise, and when it was extended (P47, P49). */
function useLimit({ region, clock, extendedAt }: RequestParts["found"]) {
  const t = useTranslations("requests.desk.case");
  const of = useTranslations("requests.filing.region.of");
  return [
    region && { term: t("region"), value: of(region) },
    clock.source && { term: t("legalLimit"), value: clock.source },
    extendedAt && { term: t("extended"), value: <Time at={extendedAt} form="table" /> },
  ];
}

/** Too long for its line, it breaks behind the @ first. */
function Address({ children }: { children: string }) {
  return (
    <span className="wrap-anywhere">
      {children.split(/(?<=@)/).map((part) => [<wbr key={part} />, part])}
    </span>
  );
}

/** That processing had to stop, and who said when it did (P38). */
function useStop(found: RequestParts["found"]) {
  const t = useTranslations("requests.desk.case");
  const { stopOrderedAt, stoppedAt, stopWords, stopperName } = found;
  if (!stopOrderedAt) return [];
  const confirmed = stoppedAt ? (
    <>
      <Time at={stoppedAt} form="table" /> · {stopperName}
      <span className="block wrap-anywhere whitespace-pre-wrap">{stopWords}</span>
    </>
  ) : (
    <CheckStatus isGood={false}>{t("stopOpen")}</CheckStatus>
  );
  return [
    { term: t("stopOrdered"), value: <Time at={stopOrderedAt} form="table" /> },
    { term: t("stopConfirmed"), value: confirmed },
  ];
}

/** Whether somebody has found out who asks and for whom, who and when (P27). */
export function Verification({ found }: Pick<RequestParts, "found">) {
  const t = useTranslations("requests.desk.case");
  if (!found.verifiedAt) return <CheckStatus isGood={false}>{t("notVerified")}</CheckStatus>;
  return (
    <>
      {found.verifierName} · <Time at={found.verifiedAt} form="table" />
    </>
  );
}

/** Where it came from and what it is about. */
function useOrigin({
  channel,
  ticketNumber,
  account,
  app,
  appName,
  declared,
  type,
  ground,
}: RequestParts["found"]) {
  const t = useTranslations("requests.desk");
  const grounds = useTranslations("requests.filing.ground.choices");
  return [
    { term: t("case.channel"), value: t(`channel.${channel}`) },
    ticketNumber && { term: t("col.ticket"), value: ticketNumber },
    (app ?? appName) && {
      term: t("case.app"),
      value: app ? `${app.name} ${app.sdkAppId}` : appName,
    },
    declared && {
      term: t("case.declared"),
      value: DECLARATION_TOPICS.map((topic) => (
        <span key={topic} className="block">
          <DeclarationStatus topic={topic} declared={declared[topic]} />
        </span>
      )),
    },
    account && { term: t("case.account"), value: `${account.name} ${account.uin}` },
    type === "delete" && {
      term: t("case.ground"),
      value: ground ? grounds(ground) : t("case.groundOpen"),
    },
  ];
}
