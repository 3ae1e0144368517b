import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { DisposalStatus } from "@/components/requests/request-status";
import { Banner } from "@/components/ui/banner";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { DATA_STORES, DISPOSAL_ACTIONS, HOLD_REASONS } from "@/db/vocabulary/requests";
import { allowsDisposals } from "@/domain/requests/rules";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";

import { complete, drop, plan } from "../actions";
import { type RequestParts } from "./request-parts";
import { RevisionFields } from "./revision-fields";

/** What becomes of the data, store by store: planned, approved, carried out; nothing where nobody asked for it. */
export function Disposals({ ctx, found }: RequestParts) {
  const t = useTranslations("requests.desk");
  const { isCalledFor, isPlanned, isCarriedOut } = standOf({ ctx, found });
  const isPlannable = isPlanned && isCalledFor;
  const isEmpty = found.disposals.length === 0;
  if (isEmpty && !isPlannable) return null;
  return (
    <Section title={t("plan.title")} note={t("plan.note")}>
      {!isCalledFor && <Banner tone="danger">{t("plan.notCalledFor")}</Banner>}
      {isEmpty && <p className="text-ink-muted">{t("plan.empty")}</p>}
      <ul>
        {found.disposals.map((one) => (
          <Row key={one.id} one={one}>
            {isPlanned && !one.doneAt && <DropForm found={found} disposalId={one.id} />}
          </Row>
        ))}
      </ul>
      {isCarriedOut && <CompleteForm found={found} />}
      {isPlannable && <PlanForm ctx={ctx} found={found} />}
    </Section>
  );
}

/** What the reader may do with the plan now. */
function standOf({ ctx, found }: Pick<RequestParts, "ctx" | "found">) {
  const isMine = found.handlerId === ctx.actor.id;
  const isApproved = found.decisionId !== null;
  const isCalledFor = allowsDisposals(found.type);
  return {
    isCalledFor,
    isPlanned: isMine && !isApproved && ["verifying", "in_progress"].includes(found.status),
    isCarriedOut: isMine && isApproved && isCalledFor && found.status === "in_progress",
  };
}

/** One store, its state, and what may still be done about it. */
function Row({ one, children }: { one: Disposal; children: React.ReactNode }) {
  const t = useTranslations("requests.desk");
  const request = useTranslations("requests");
  return (
    <li className="border-line border-b py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <strong>{request(`store.${one.store}`)}</strong>
        <span>{request(`act.${one.action}`)}</span>
        <DisposalStatus {...one} />
        <span className="text-small text-ink-muted">
          {t("plan.due")} <Time at={shanghaiMidnight(one.dueDate)} form="table-date" />
        </span>
        {children}
      </div>
      {one.holdReason && (
        <p className="text-small wrap-anywhere">
          {request(`hold.${one.holdReason}`)} · {one.holdText}
        </p>
      )}
      {one.result && <p className="text-small wrap-anywhere">{one.result}</p>}
    </li>
  );
}

type Disposal = RequestParts["found"]["disposals"][number];

/** Takes back what is planned for one store, while nothing is decided yet. */
function DropForm({ found, disposalId }: Pick<RequestParts, "found"> & { disposalId: string }) {
  const t = useTranslations("requests.desk.plan");
  return (
    <ActionForm action={drop} label={t("drop")} className="ml-auto">
      <RevisionFields found={found} />
      <input type="hidden" name="disposalId" value={disposalId} />
      <SubmitButton variant="text" size="sm">
        {t("drop")}
      </SubmitButton>
    </ActionForm>
  );
}

/** One store at a time, with what was done there. */
function CompleteForm({ found }: Pick<RequestParts, "found">) {
  const t = useTranslations("requests.desk");
  const request = useTranslations("requests");
  const due = found.disposals.filter(({ action, doneAt }) => action !== "hold" && !doneAt);
  return (
    <ActionForm
      action={complete}
      label={t("plan.finish")}
      resetOnDone
      className="max-w-form mt-4"
      confirm={{
        title: t("plan.finishTitle"),
        body: t(due.length === 1 ? "plan.finishLast" : "plan.finishNote"),
        confirmLabel: t("plan.finish"),
      }}
    >
      <RevisionFields found={found} />
      <div>
        <SelectField
          name="disposalId"
          label={t("plan.store")}
          required
          options={[
            ...(due.length > 1 ? [{ value: "", label: t("plan.choose") }] : []),
            ...due.map(({ id, store, action }) => ({
              value: id,
              label: `${request(`store.${store}`)} · ${request(`act.${action}`)}`,
            })),
          ]}
        />
        <TextField
          name="result"
          label={t("plan.result")}
          hint={`${t("plan.resultHint")} ${t(`case.reads.${found.locale}`)}`}
          required
          maxLength={500}
        />
      </div>
      <div className="mt-3">
        <SubmitButton>{t("plan.finish")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

function PlanForm({ ctx, found }: Pick<RequestParts, "ctx" | "found">) {
  const t = useTranslations("requests.desk");
  const request = useTranslations("requests");
  return (
    <ActionForm action={plan} label={t("plan.add")} className="mt-4">
      <RevisionFields found={found} />
      <div className="grid items-start gap-x-4 gap-y-5 md:grid-cols-3">
        <div>
          <SelectField
            name="store"
            label={t("plan.store")}
            required
            options={[
              { value: "", label: t("plan.choose") },
              ...DATA_STORES.map((value) => ({ value, label: request(`store.${value}`) })),
            ]}
          />
        </div>
        <div>
          <SelectField
            name="action"
            label={t("plan.action")}
            required
            options={[
              { value: "", label: t("plan.choose") },
              ...DISPOSAL_ACTIONS.map((value) => ({ value, label: request(`act.${value}`) })),
            ]}
          />
        </div>
        <div>
          <TextField
            name="dueDate"
            type="date"
            label={t("plan.due")}
            required
            defaultValue={laterDay(found.dueDate, shanghaiDay(ctx.now))}
            min={shanghaiDay(ctx.now)}
          />
        </div>
        <div>
          <SelectField
            name="holdReason"
            label={t("plan.holdReason")}
            options={[
              { value: "", label: t("plan.chooseReason") },
              ...HOLD_REASONS.map((value) => ({ value, label: request(`hold.${value}`) })),
            ]}
          />
        </div>
        <div className="md:col-span-2">
          <TextField
            name="holdText"
            label={t("plan.holdText")}
            hint={t(`case.reads.${found.locale}`)}
            maxLength={1000}
          />
        </div>
      </div>
      <div className="mt-3">
        <SubmitButton variant="outline">{t("plan.add")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

const laterDay = (one: string, other: string): string => (one > other ? one : other);
