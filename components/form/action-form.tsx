"use client";

import { useTranslations } from "next-intl";
import { startTransition, useActionState, useEffect, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog, FIRST_FOCUS } from "@/components/ui/dialog";
import { cn } from "@/lib/cn";
import { type FormState } from "@/server/action";

import { answered } from "./answered";
import { type FieldLabels, labelsIn } from "./field-labels";
import { FormOutcome } from "./form-outcome";
import { faultsIn, FormContext, refusalOf } from "./form-state";
import { useUnsavedGuard } from "./unsaved-guard";

export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;

export type Confirmation = {
  title: string;
  body: React.ReactNode;
  /** What the button does, e.g. "发布 3.2 版". */
  confirmLabel: string;
  danger?: boolean;
};

type Props = {
  action: FormAction;
  children: React.ReactNode;
  /** For fields that stand elsewhere on the page (`form="…"`). */
  id?: string;
  /** What tells the form from others of its kind on the page, for the ids of its fields. */
  scope?: string;
  /** Names the form for screen readers where no heading does. */
  label?: string;
  /** Asked before anything is sent. */
  confirm?: Confirmation;
  /** Warns before leaving with unsent changes. */
  guard?: boolean;
  /** Empties the fields after success, for forms that add one thing after another. */
  resetOnDone?: boolean;
  /** What was refused has been changed since, outside the fields: the refusal holds no more. */
  isOutdated?: boolean;
  /** Shown instead of the plain "saved". */
  doneMessage?: React.ReactNode;
  className?: string;
};

const IDLE: FormState = { status: "idle" };

/** What was typed into a text area before React took the page over: it writes what the server sent over it. */
const early = new WeakMap<Element, string>();
if (typeof document !== "undefined") {
  const keep = (area: unknown) => {
    if (area instanceof HTMLTextAreaElement && area.value !== area.defaultValue)
      early.set(area, area.value);
  };
  document.querySelectorAll("textarea").forEach(keep);
  document.addEventListener("input", ({ target }) => keep(target), true);
}

function restoreEarly(form: HTMLFormElement): void {
  for (const area of form.querySelectorAll("textarea")) {
    const typed = early.get(area);
    if (typed === undefined || typed === area.value) continue;
    area.value = typed;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/**
 * A form around a server action. What was typed stays after a refusal, the refusal is summed up on
 * top and repeated at its fields, and a second click while the first is under way does nothing.
 * Without JavaScript the browser posts the form to the same action.
 */
export function ActionForm(props: Props) {
  const { action, children, label, confirm, guard, resetOnDone, doneMessage, className } = props;
  const [result, dispatch, pending] = useActionState<FormState, FormData>(answered(action), IDLE);
  const [asked, setAsked] = useState<FormData>();
  const [faults, setFaults] = useState<FormState>();
  const valid = props.isOutdated && result.status === "refused" ? IDLE : result;
  const state = faults ?? valid;
  const [labels, setLabels] = useState<FieldLabels>(new Map());
  const form = useRef<HTMLFormElement>(null);
  const unsaved = useUnsavedGuard(guard ?? false);

  useEffect(() => {
    if (form.current) restoreEarly(form.current);
  }, []);

  const { clear } = unsaved;
  useEffect(() => {
    if (state.status === "refused" && state.isSaved) clear();
    if (state.status !== "done" || state.shown) return;
    clear();
    if (resetOnDone) form.current?.reset();
  }, [state, resetOnDone, clear]);

  const shown = state.status === "done" ? state.shown : undefined;
  const send = (data: FormData) => startTransition(() => dispatch(data));

  /** Taking the submit over keeps the fields: React empties a form whose action it runs itself. */
  function onSubmit(event: React.SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget, event.nativeEvent.submitter);
    setLabels(labelsIn(event.currentTarget));
    // Nobody is asked about an act that its form will refuse.
    const found = confirm && faultsIn(event.currentTarget);
    setFaults(found);
    if (found) return;
    if (confirm) setAsked(data);
    else send(data);
  }

  return (
    <FormContext
      value={{ ...refusalOf(state), pending, scope: props.scope, isUnsaved: unsaved.isDirty }}
    >
      <form
        ref={form}
        id={props.id}
        action={dispatch}
        onSubmit={onSubmit}
        onInput={unsaved.mark}
        aria-label={label}
        aria-busy={pending}
        noValidate
        className={cn("text-ui", className)}
      >
        {shown ? null : <FormOutcome state={state} labels={labels} doneMessage={doneMessage} />}
        {children}
        {shown && (
          <div role="status" className="mt-4">
            {shown}
          </div>
        )}
      </form>
      {confirm && (
        <ConfirmDialog
          {...confirm}
          open={asked !== undefined}
          onClose={() => setAsked(undefined)}
          onConfirm={() => {
            if (asked) send(asked);
            setAsked(undefined);
          }}
        />
      )}
    </FormContext>
  );
}

type ConfirmProps = Confirmation & { open: boolean; onClose: () => void; onConfirm: () => void };

function ConfirmDialog({
  open,
  onClose,
  onConfirm,
  title,
  body,
  confirmLabel,
  danger,
}: ConfirmProps) {
  const t = useTranslations("ui.form");
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose} {...FIRST_FOCUS}>
            {t("cancel")}
          </Button>
          <Button variant={danger ? "danger-solid" : "primary"} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {body}
    </Dialog>
  );
}
