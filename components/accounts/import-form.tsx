"use client";

import { startTransition, useActionState, useRef, useState } from "react";

import { type FormAction } from "@/components/form/action-form";
import { answered } from "@/components/form/answered";
import { FileField } from "@/components/form/file-field";
import { FormOutcome } from "@/components/form/form-outcome";
import { fieldId } from "@/components/form/field-id";
import { FormContext, refusalOf } from "@/components/form/form-state";
import { SubmitButton } from "@/components/form/submit-button";
import { type FormState } from "@/server/action";

/** The verb counts the bytes itself; a larger file would not get through to it. */
const MOST_BYTES = 10 * 1024 * 1024;

type Props = {
  action: FormAction;
  words: { label: string; hint: string; preview: string; previewing: string };
  /** What the server drew where no script did; it stands inside the form as well. */
  children: React.ReactNode;
};

/**
 * A file, what it would change, and the button that writes it. The preview is drawn by the server
 * and stands inside the form. The file is read into memory once, so that what is confirmed is what
 * was previewed even if the file on the disk has changed since; without scripts it is chosen again,
 * and another one is refused.
 */
export function ImportForm({ action, words, children }: Props) {
  const [answer, dispatch, pending] = useActionState<FormState, FormData>(answered(action), IDLE);
  const [isForgotten, setForgotten] = useState(false);
  const [unsent, setUnsent] = useState<FormState>(IDLE);
  const kept = useRef<File>(undefined);
  const valid = isForgotten ? IDLE : answer;
  const state = unsent.status === "idle" ? valid : unsent;

  function forget() {
    kept.current = undefined;
    setForgotten(true);
    setUnsent(IDLE);
  }

  async function send(form: HTMLFormElement, submitter: HTMLElement | null) {
    const data = new FormData(form, submitter);
    const problem = await keep(data.get("file"));
    setUnsent(problem ?? IDLE);
    if (problem) return;
    if (kept.current) data.set("file", kept.current);
    setForgotten(false);
    startTransition(() => dispatch(data));
  }

  /** Reads the file into memory. @returns the refusal when it cannot be sent */
  async function keep(file: FormDataEntryValue | null): Promise<FormState | undefined> {
    if (kept.current || !(file instanceof File) || file.size === 0) return undefined;
    if (file.size > MOST_BYTES) return refusal("lists.errors.file.tooLarge");
    try {
      kept.current = new File([await file.arrayBuffer()], file.name);
      return undefined;
    } catch {
      return refusal("accounts.errors.fileUnreadable");
    }
  }

  return (
    <FormContext value={{ ...refusalOf(state), pending }}>
      <form
        action={dispatch}
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void send(event.currentTarget, event.nativeEvent.submitter);
        }}
        onChange={forget}
        aria-busy={pending}
        noValidate
        className="text-ui"
      >
        {state.status === "refused" && (
          <FormOutcome state={state} labels={new Map([[fieldId("file"), words.label]])} />
        )}
        <div className="max-w-form">
          <FileField
            name="file"
            label={words.label}
            hint={words.hint}
            required
            accept=".csv,.txt,text/csv"
          />
          <div className="mt-4">
            <SubmitButton
              variant={state.status === "done" ? "outline" : "primary"}
              name="step"
              value="preview"
              pendingLabel={words.previewing}
            >
              {words.preview}
            </SubmitButton>
          </div>
        </div>
        <div className="mt-8">{state.status === "done" ? state.shown : children}</div>
      </form>
    </FormContext>
  );
}

const IDLE: FormState = { status: "idle" };

const refusal = (messageKey: string): FormState => ({
  status: "refused",
  messageKey: "errors.form",
  values: { megabytes: MOST_BYTES / 1024 / 1024 },
  fields: { file: [messageKey] },
  at: performance.now(),
});
