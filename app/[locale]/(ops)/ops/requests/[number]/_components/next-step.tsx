import { useLocale, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ActionForm, type FormAction } from "@/components/form/action-form";
import { SelectField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Section } from "@/components/ui/section";
import { listEligibleHandlers } from "@/domain/requests/eligible-handlers";
import { RIGHTS } from "@/domain/requests/rights";
import { findRouteTarget } from "@/domain/requests/route";
import { canAsk, canMove, standingOf } from "@/domain/requests/rules";
import { formatDate } from "@/lib/format";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { ask, assign, extend, fetchBack, verify } from "../actions";
import { type RequestParts } from "./request-parts";
import { Disclosure } from "./disclosure";
import { RouteForm } from "./route-form";
import { RevisionFields } from "./revision-fields";
import { WordsForm } from "./words-form";

/** What a handler can do with the case now: take it, verify, ask, send on. */
export async function NextStep(parts: RequestParts) {
  const { ctx, found } = parts;
  const [t, takers] = [
    await getTranslations("requests.desk.do"),
    await listEligibleHandlers(ctx, found),
  ];
  const mayTake = takers.some(({ id }) => id === ctx.actor.id);
  const isMine = found.handlerId === ctx.actor.id;
  const isOpenToMe = isMine && !found.decisionId;
  const standing = standingOf(found);
  return (
    <Section title={t("title")}>
      {!isMine && <Hands found={found} mayTake={mayTake} />}
      {found.participants.length > 0 && <Appealed found={found} takers={takers} />}
      <div className="grid gap-4">
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          {isMine ? <GoOn found={found} /> : mayTake && <Take {...parts} />}
          <AssignForm found={found} takers={takers} />
        </div>
        <StopGoes {...parts} />
        {isOpenToMe && canAsk(standing) && <AskForm found={found} />}
        {isOpenToMe && canMove(standing, "with_developer") && <RouteForm {...parts} />}
        <ExtendForm {...parts} />
      </div>
    </Section>
  );
}

/** In whose hands the case is, for who does not have it. */
function Hands({ found, mayTake }: Pick<RequestParts, "found"> & { mayTake: boolean }) {
  const t = useTranslations("requests.desk.do");
  return (
    <p className="mb-3">
      {found.handlerName
        ? t(found.isHandled ? "notYours" : "handlerLeft", { name: found.handlerName })
        : t("nobody")}{" "}
      {!mayTake && t("notForYou")}
    </p>
  );
}

/** Whose answer is appealed, and that nobody else is there where it is so. */
function Appealed({ found, takers }: Pick<RequestParts, "found"> & { takers: Takers }) {
  const t = useTranslations("requests.desk.do");
  return (
    <div className="mb-3">
      <Banner tone="plain">
        {t("appealed", {
          people: found.participants
            .map(({ name, part }) => (part === "none" ? name : t(`appealPart.${part}`, { name })))
            .join(t("appealSeparator")),
        })}{" "}
        {takers.some(({ part }) => part !== "none") && t("onlyInvolved")}
      </Banner>
    </div>
  );
}

type Takers = Awaited<ReturnType<typeof listEligibleHandlers>>;

function Take({ ctx, found }: RequestParts) {
  const t = useTranslations("requests.desk.do");
  return (
    <ActionForm action={assign} label={t("take")}>
      <RevisionFields found={found} />
      <input type="hidden" name="handlerId" value={ctx.actor.id} />
      <SubmitButton>{t("take")}</SubmitButton>
    </ActionForm>
  );
}

/** The one button that brings the case further. */
function GoOn({ found }: Pick<RequestParts, "found">) {
  const t = useTranslations("requests.desk.do");
  if (found.status === "verifying" || found.status === "need_more")
    return <OneButton {...{ found, action: verify, label: t("verified") }} />;
  if (found.status === "with_developer")
    return <OneButton {...{ found, action: fetchBack, label: t("takeBack") }} />;
  return null;
}

/** Whom the stop task goes to by the verification, said before it (P31). */
async function StopGoes({ ctx, found }: RequestParts) {
  const { type, requesterKind, handlerId, verifiedAt, stopOrderedAt } = found;
  if (handlerId !== ctx.actor.id || requesterKind === "developer" || verifiedAt || stopOrderedAt)
    return null;
  if (RIGHTS[type].stopsProcessing !== "verified") return null;
  const t = await getTranslations("requests.desk.do");
  const { isNamed, target } = await findRouteTarget(ctx, { number: found.number, sdkAppId: "" });
  return (
    <p className="text-ink-soft max-w-measure">
      {isNamed && target
        ? t("stopGoes", { account: target.accountName, app: target.appName })
        : t("stopNobody")}
    </p>
  );
}

function AskForm({ found }: Pick<RequestParts, "found">) {
  const t = useTranslations("requests.desk.do");
  const reads = useTranslations("requests.desk.case.reads");
  return (
    <Disclosure title={t("askOpen")}>
      <WordsForm
        found={found}
        action={ask}
        act={t("ask")}
        name="text"
        label={t("askText")}
        hint={`${t(found.requester ? "askHint" : "unsentHint")} ${reads(found.locale)}`}
      />
    </Disclosure>
  );
}

/** The answer takes longer: told once, with the reason, inside the first limit (P47). */
function ExtendForm({ ctx, found }: Pick<RequestParts, "ctx" | "found">) {
  const t = useTranslations("requests.desk.do");
  const reads = useTranslations("requests.desk.case.reads");
  const locale = useLocale();
  const { latest } = found.clock;
  if (found.handlerId !== ctx.actor.id) return null;
  if (found.extendedAt || !latest || shanghaiDay(ctx.now) > found.dueDate) return null;
  return (
    <Disclosure title={t("extendOpen")}>
      <WordsForm
        found={found}
        action={extend}
        act={t("extend")}
        name="reason"
        label={t("extendReason")}
        hint={`${t(found.requester ? "askHint" : "unsentHint")} ${reads(found.locale)}`}
        maxLength={2000}
      >
        <p className="text-ink-soft mb-3">
          {t("extendLead", {
            due: formatDate(shanghaiMidnight(found.dueDate), locale),
            latest: formatDate(shanghaiMidnight(latest), locale),
          })}
        </p>
      </WordsForm>
    </Disclosure>
  );
}

async function AssignForm({ found, takers }: Pick<RequestParts, "found"> & { takers: Takers }) {
  const t = await getTranslations("requests.desk.do");
  const others = takers.filter(({ id }) => id !== found.handlerId);
  if (others.length === 0) return null;
  return (
    <ActionForm action={assign} label={t("assign")} className="flex flex-wrap items-end gap-2">
      <RevisionFields found={found} />
      <div>
        <SelectField
          name="handlerId"
          label={t("handler")}
          options={[
            { value: "", label: t("chooseHandler") },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <SubmitButton variant="outline">{t("assign")}</SubmitButton>
    </ActionForm>
  );
}

type OneButtonProps = Pick<RequestParts, "found"> & { action: FormAction; label: string };

function OneButton({ found, action, label }: OneButtonProps) {
  return (
    <ActionForm action={action} label={label}>
      <RevisionFields found={found} />
      <SubmitButton>{label}</SubmitButton>
    </ActionForm>
  );
}
