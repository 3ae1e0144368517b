import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { DeletionRunStatus } from "@/components/requests/request-status";
import { Banner } from "@/components/ui/banner";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { DELETION_RUNS, type DeletionRun } from "@/db/vocabulary/disposals";
import { readUserDeletions, type UserDeletionsOf } from "@/domain/requests/user-deletions";
import { env } from "@/lib/env";

import { finishRun, orderRun } from "../actions";
import { type RequestParts } from "./request-parts";
import { RevisionFields } from "./revision-fields";
import { WordsForm } from "./words-form";

type Carried = UserDeletionsOf["disposals"][number];
type Run = Carried["runs"][number];

/**
 * The vendor's account-deletion interface asked about the users of a case: whether it knows them, to delete
 * them, whether they are gone. Nothing where no store of the plan is emptied by it.
 */
export async function UserDeletion({ ctx, found }: Pick<RequestParts, "ctx" | "found">) {
  const { disposals, sdkAppId } = await readUserDeletions(ctx, { number: found.number });
  if (disposals.length === 0) return null;
  const t = await getTranslations("disposals.users");
  const isMine = found.handlerId === ctx.actor.id;
  return (
    <Section title={t("title")} note={t("note")}>
      {!env().ACCOUNT_DELETION_URL && <Banner tone="warn">{t("notConnected")}</Banner>}
      {!sdkAppId && <Banner tone="warn">{t("noApp")}</Banner>}
      {disposals.map((one) => (
        <One key={one.id} one={one} found={found} isMine={isMine} mayOrder={sdkAppId !== null} />
      ))}
    </Section>
  );
}

type OneProps = Pick<RequestParts, "found"> & { one: Carried; isMine: boolean; mayOrder: boolean };

function One({ one, found, isMine, mayOrder }: OneProps) {
  const t = useTranslations("disposals.users");
  const request = useTranslations("requests.store");
  const runOf = (kind: DeletionRun) => one.runs.find((run) => run.kind === kind);
  const may: Record<DeletionRun, boolean> = {
    check: true,
    delete: found.decisionId !== null && found.status === "in_progress",
    proof: runOf("delete")?.state === "done",
  };
  return (
    <div className="border-line border-b py-3">
      <p>
        <strong>{request(one.store)}</strong> {t("count", { count: one.users })}
      </p>
      {one.counts && <p className="text-small">{t("counts", one.counts)}</p>}
      <ul className="mt-2 space-y-2">
        {DELETION_RUNS.map((kind) => {
          const run = runOf(kind);
          const isOffered = isMine && mayOrder && may[kind] && (!run || run.state === "failed");
          return (
            <li key={kind} className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <span>{t(`runs.${kind}`)}</span>
              {run && <RunState run={run} />}
              {isOffered && <OrderForm found={found} disposalId={one.id} kind={kind} />}
            </li>
          );
        })}
      </ul>
      {isMine && may.delete && runOf("delete")?.state === "failed" && (
        <div className="mt-3">
          <WordsForm
            found={found}
            action={finishRun}
            act={t("byHand.submit")}
            name="reason"
            label={t("byHand.reason")}
            hint={t("byHand.hint")}
            maxLength={500}
            danger
          >
            <input type="hidden" name="disposalId" value={one.id} />
          </WordsForm>
        </div>
      )}
    </div>
  );
}

function RunState({ run }: { run: Run }) {
  const t = useTranslations("disposals.users");
  return (
    <>
      <DeletionRunStatus state={run.state} />
      <span className="text-small text-ink-muted">
        <Time at={run.endedAt ?? run.orderedAt} form="table" />
      </span>
      {run.state === "waiting" && run.retryAt && (
        <span className="text-small text-ink-muted">
          {t("retry", { count: run.failures })} <Time at={run.retryAt} form="table" />
        </span>
      )}
    </>
  );
}

type OrderProps = Pick<RequestParts, "found"> & { disposalId: string; kind: DeletionRun };

/** What cannot be taken back is asked about once more. */
function OrderForm({ found, disposalId, kind }: OrderProps) {
  const t = useTranslations("disposals.users");
  const confirm = {
    title: t("confirm"),
    body: t("confirmText", { count: found.subjectCount }),
    confirmLabel: t("order.delete"),
    danger: true,
  };
  return (
    <ActionForm
      action={orderRun}
      label={t(`order.${kind}`)}
      {...(kind === "delete" && { confirm })}
    >
      <RevisionFields found={found} />
      <input type="hidden" name="disposalId" value={disposalId} />
      <input type="hidden" name="kind" value={kind} />
      <SubmitButton variant={kind === "delete" ? "danger" : "outline"} size="sm">
        {t(`order.${kind}`)}
      </SubmitButton>
    </ActionForm>
  );
}
