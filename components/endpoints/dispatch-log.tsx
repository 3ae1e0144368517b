import { useLocale, useTranslations } from "next-intl";

import { ActionForm, type FormAction } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Hash } from "@/components/ui/hash";
import { linkClass } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { Dispatch } from "@/domain/endpoints/log";
import { noticeTitle } from "@/wording/notice-line";

import { AttemptStatus, DispatchReason, DispatchStatus } from "./endpoint-status";

type Props = {
  rows: readonly Dispatch[];
  /** Posts one again; left out for who may not. */
  replay?: { action: FormAction; endpointId?: string };
};

/** Every post to an endpoint, the latest first: what, with which result, each attempt, and once more. */
export function DispatchLog({ rows, replay }: Props) {
  return (
    <ol className="border-line-strong border-t">
      {rows.map((dispatch) => (
        <Entry key={dispatch.id} dispatch={dispatch} replay={replay} />
      ))}
    </ol>
  );
}

type EntryProps = { dispatch: Dispatch; replay: Props["replay"] };

function Entry({ dispatch, replay }: EntryProps) {
  const t = useTranslations("endpoints.page");
  const { id, status, createdAt, reason, nextAttemptAt } = dispatch;
  const what = useWhat(dispatch);
  const isOver = status === "delivered" || status === "failed" || status === "unknown";
  return (
    <li className="border-line grid items-start gap-x-6 gap-y-1 border-b py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,14em)_auto]">
      <div className="min-w-0">
        <span className="font-semibold wrap-anywhere">{what}</span>
        <span className="text-small text-ink-muted block">
          <Time at={createdAt} />
        </span>
        <Tries dispatch={dispatch} />
      </div>
      <div className="min-w-0">
        <DispatchStatus status={status} />
        {status === "queued" && dispatch.attempts > 0 && (
          <span className="text-small text-ink-muted block">
            {t("next")} <Time at={nextAttemptAt} form="table" />
          </span>
        )}
        {reason && (
          <span className="text-small text-ink-muted block">
            <DispatchReason reason={reason} />
          </span>
        )}
      </div>
      {replay && isOver && (
        <ActionForm action={replay.action} label={t("replayNamed", { what })}>
          {replay.endpointId && <input type="hidden" name="endpointId" value={replay.endpointId} />}
          <input type="hidden" name="dispatchId" value={id} />
          <SubmitButton variant="outline" size="sm" aria-label={t("replayNamed", { what })}>
            {t("replay")}
          </SubmitButton>
        </ActionForm>
      )}
    </li>
  );
}

/** What was posted, in a line: a notice, a move of a ticket's request, or a test. */
function useWhat({ told, move }: Dispatch): string {
  const t = useTranslations("endpoints.page");
  const status = useTranslations("requests.desk.status");
  const locale = useLocale();
  if (told) return noticeTitle(told, locale);
  if (!move) return t("testOf");
  const { ticket, request } = move;
  return t("move", { ticket, request, status: status(move.status) });
}

/** Each attempt with its result, and the bytes as they were posted. */
function Tries({ dispatch: { tried, body, bodyHash } }: { dispatch: Dispatch }) {
  const t = useTranslations("endpoints");
  if (tried.length === 0 && !body) return null;
  return (
    <details className="text-small mt-1">
      <summary className={`${linkClass()} inline-block max-md:py-2`}>
        {t("page.triesOf", { count: tried.length })}
      </summary>
      <ol className="mt-1 grid gap-1">
        {tried.map(({ number, startedAt, outcome, answer, detail }) => (
          <li key={number} className="flex flex-wrap items-baseline gap-x-3">
            <span>{t("page.attempt", { number })}</span>
            <Time at={startedAt} form="table" />
            <AttemptStatus outcome={outcome} />
            {answer !== null && <span>{t("answered", { status: answer })}</span>}
            {detail && detail !== `HTTP ${answer}` && <DispatchReason reason={detail} />}
          </li>
        ))}
      </ol>
      {bodyHash && (
        <p className="mt-2">
          <span className="text-ink-muted">{t("page.hash")}</span> <Hash value={bodyHash} full />
        </p>
      )}
      {body && (
        <>
          <p className="text-ink-muted mt-2">{t("page.body")}</p>
          <code className="bg-sunken block max-h-60 overflow-auto rounded-sm p-2 wrap-anywhere whitespace-pre-wrap">
            {body}
          </code>
        </>
      )}
    </details>
  );
}
