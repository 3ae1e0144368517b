import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { CoolingMeter } from "@/components/deregistrations/cooling-meter";
import { DeregistrationStatus } from "@/components/deregistrations/deregistration-status";
import { DisposalList } from "@/components/disposals/disposal-list";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { CheckStatus } from "@/components/ui/check-status";
import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { findDeregistration, type FoundDeregistration } from "@/domain/deregistrations/find";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { pause, resume } from "./actions";

type Props = { params: Promise<{ number: string }> };

export async function generateMetadata({ params }: Props) {
  const { number } = await params;
  return { title: number };
}

/** One deregistration: who asked, who confirmed, what was open, what became of it. */
export default async function DeregistrationPage({ params }: Props) {
  const ctx = await requireContext("deregistration.read");
  const deregistration = await orNotFound(findDeregistration(ctx, await params));
  const t = await getTranslations("deregistrations.ops");
  const { id, number, status, accountName, uin, accountId, isHeld, executeAfter } = deregistration;
  return (
    <>
      <PageHead
        crumbs={[{ href: "/ops/deregistrations", label: t("title") }, { label: number }]}
        title={number}
        note={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <DeregistrationStatus
              status={status}
              isHeld={isHeld}
              isPaused={deregistration.pausedAt !== null}
            />
            <span>
              <Link href={at("/ops/accounts/*", accountId)} tone="plain">
                {accountName}
              </Link>{" "}
              · UIN {uin}
            </span>
          </span>
        }
        actions={
          status === "completed" && (
            <ButtonLink href={at("/deregistration/certificate/*", number)} variant="primary">
              {t("openCertificate")}
            </ButtonLink>
          )
        }
      />
      {status === "cooling_off" && executeAfter && !deregistration.pausedAt && (
        <div className="mb-6">
          <CoolingMeter executeAfter={executeAfter} now={ctx.now} wide />
        </div>
      )}
      <Course deregistration={deregistration} />
      {may(ctx.actor, "deregistration.pause") && <Pause deregistration={deregistration} />}
      {deregistration.service && (
        <Section
          title={t("service")}
          more={
            may(ctx.actor, "disposal.read") && (
              <Link href={at("/ops/disposals/*", deregistration.service.id)}>
                {t("openService")}
              </Link>
            )
          }
        >
          <DisposalList disposals={deregistration.service.disposals} />
        </Section>
      )}
      <Checks checks={deregistration.checks} />
      {may(ctx.actor, "audit.read") && (
        <p className="text-small mt-8 print:hidden">
          <Link href={at("/ops/audit", { subjectType: "deregistration", subjectId: id })}>
            {t("record")}
          </Link>
        </p>
      )}
    </>
  );
}

/** Operations hold it back with a reason, or let it go on; of what is over nothing is left to hold. */
function Pause({ deregistration }: { deregistration: FoundDeregistration }) {
  const t = useTranslations("deregistrations.ops.pause");
  const { number, status, pausedAt } = deregistration;
  if (status !== "awaiting_owner" && status !== "cooling_off") return null;
  return (
    <Section title={t("title")} note={t(pausedAt ? "leadPaused" : "lead")}>
      {pausedAt ? (
        <ActionForm action={resume} label={t("resume")}>
          <input type="hidden" name="number" value={number} />
          <SubmitButton variant="outline">{t("resume")}</SubmitButton>
          <p className="text-small text-ink-muted mt-2">{t("resumeText")}</p>
        </ActionForm>
      ) : (
        <ActionForm action={pause} label={t("submit")} resetOnDone className="max-w-form">
          <input type="hidden" name="number" value={number} />
          <TextField
            name="reason"
            label={t("reason")}
            hint={t("reasonHint")}
            required
            maxLength={500}
            autoComplete="off"
          />
          <div className="mt-3">
            <SubmitButton variant="outline">{t("submit")}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Section>
  );
}

/** While it is paused, its day is only what was planned. */
const dayOf = ({ pausedAt }: Pick<FoundDeregistration, "pausedAt">) =>
  pausedAt ? "plannedFor" : "executeAfter";

async function Course({ deregistration }: { deregistration: FoundDeregistration }) {
  const [t, locale] = await Promise.all([getTranslations("deregistrations.ops"), getLocale()]);
  const { requesterName, requestedAt, confirmerName, confirmedAt, executeAfter } = deregistration;
  const { status, cancellerName, cancelledAt, completedAt, addressesHeld } = deregistration;
  const { pausedAt, pauserName, pauseReason } = deregistration;
  const by = (name: string | null, at: Date) =>
    t("at", { name: name ?? "", at: formatDateTime(at, locale) });
  const facts = [
    { term: t("requestedBy"), value: by(requesterName, requestedAt) },
    confirmedAt && { term: t("confirmedBy"), value: by(confirmerName, confirmedAt) },
    !confirmedAt && executeAfter && { term: t("confirmedBy"), value: t("alone") },
    executeAfter && { term: t(dayOf(deregistration)), value: <Time at={executeAfter} /> },
    pausedAt && { term: t("pause.by"), value: `${by(pauserName, pausedAt)} · ${pauseReason}` },
    cancelledAt && { term: t("cancelledBy"), value: by(cancellerName, cancelledAt) },
    completedAt && { term: t("completedAt"), value: <Time at={completedAt} /> },
    status === "completed" && {
      term: t("lastMail"),
      value:
        addressesHeld > 0 ? t("addressesHeld", { count: addressesHeld }) : t("addressesErased"),
    },
  ];
  return (
    <Section title={t("facts")}>
      <Facts facts={facts.filter((fact) => fact !== false && fact !== null)} />
    </Section>
  );
}

async function Checks({ checks }: Pick<FoundDeregistration, "checks">) {
  const [t, words] = await Promise.all([
    getTranslations("deregistrations.ops"),
    getTranslations("deregistrations.own.checks"),
  ]);
  return (
    <Section title={t("checks")}>
      <Table
        caption={t("checks")}
        rows={checks}
        rowKey={({ check }) => check}
        columns={[
          { header: t("check"), rowHeader: true, cell: ({ check }) => words(`name.${check}`) },
          {
            header: t("result"),
            cell: ({ count, from }) => (
              <CheckStatus isGood={count === 0}>
                {count > 0
                  ? t("open", { count })
                  : t(from === "owner" ? "confirmedByOwner" : "none")}
              </CheckStatus>
            ),
          },
          { header: t("source"), cell: ({ from }) => t(`from.${from}`) },
        ]}
      />
    </Section>
  );
}
