import { useLocale, useTranslations } from "next-intl";

import { replayDispatchAction } from "@/app/[locale]/(console)/account/endpoints/actions";
import {
  AttemptStatus,
  DispatchReason,
  DispatchStatus,
} from "@/components/endpoints/endpoint-status";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { linkClass } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { Dispatch, OwnEndpoint } from "@/domain/endpoints/find";
import { noticeTitle } from "@/wording/notice-line";

/** Every post to an endpoint, the latest first: what, with which result, each attempt, and once more. */
export function DispatchLog({ endpoint }: { endpoint: OwnEndpoint }) {
  const { id, canManage, endedAt, log } = endpoint;
  return (
    <ol className="border-line-strong border-t">
      {log.rows.map((dispatch) => (
        <Entry
          key={dispatch.id}
          endpointId={id}
          dispatch={dispatch}
          mayReplay={canManage && !endedAt}
        />
      ))}
    </ol>
  );
}

type EntryProps = { endpointId: string; dispatch: Dispatch; mayReplay: boolean };

function Entry({ endpointId, dispatch, mayReplay }: EntryProps) {
  const t = useTranslations("endpoints.page");
  const locale = useLocale();
  const { id, told, status, createdAt, reason, nextAttemptAt } = dispatch;
  const what = told ? noticeTitle(told, locale) : t("testOf");
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
      {mayReplay && isOver && (
        <ActionForm action={replayDispatchAction} label={t("replayNamed", { what })}>
          <input type="hidden" name="endpointId" value={endpointId} />
          <input type="hidden" name="dispatchId" value={id} />
          <SubmitButton variant="outline" size="sm" aria-label={t("replayNamed", { what })}>
            {t("replay")}
          </SubmitButton>
        </ActionForm>
      )}
    </li>
  );
}

/** Each attempt with its result, and the bytes as they were posted. */
function Tries({ dispatch: { tried, body } }: { dispatch: Dispatch }) {
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
