"use client";

import { useActionState, useId } from "react";

import type { FormAction } from "@/components/form/action-form";
import { answered } from "@/components/form/answered";

import { useMessage } from "../form/use-message";

type Props = {
  /** Null where the reader may only look. */
  action: FormAction | null;
  fields: { noticeId: string; appId: string; item: number };
  done: boolean;
  note: string | null;
  words: Record<"done" | "open" | "saving", string>;
  children: React.ReactNode;
};

/** One advice for one app, ticked off by one press; the page then shows who did it. */
export function AdviceTick({ action, fields, done, note, words, children }: Props) {
  const id = useId();
  return (
    <div className="grid grid-cols-[1.25rem_minmax(0,1fr)] items-start gap-x-2.5 py-1.5 max-md:py-2.5">
      {action ? <Tick {...{ action, fields, done, words }} labelId={id} /> : <Box done={done} />}
      <div id={id} className={done ? "text-ink-muted" : undefined}>
        {!action && <span className="sr-only">{words[done ? "done" : "open"]}</span>}
        {children}
      </div>
      {note && <p className="text-caption text-ink-muted col-start-2">{note}</p>}
    </div>
  );
}

type TickProps = Pick<Props, "fields" | "done" | "words"> & { action: FormAction; labelId: string };

function Tick({ action, fields, done, words, labelId }: TickProps) {
  const [state, dispatch, pending] = useActionState(answered(action), { status: "idle" });
  const say = useMessage(state.status === "refused" ? state.said : undefined);
  const shown = pending ? !done : done;

  return (
    <>
      <form action={dispatch} className="contents" aria-busy={pending}>
        <input type="hidden" name="noticeId" value={fields.noticeId} />
        <input type="hidden" name="appId" value={fields.appId} />
        <input type="hidden" name="item" value={fields.item} />
        <input type="hidden" name="done" value={done ? "no" : "yes"} />
        <button
          type="submit"
          role="checkbox"
          aria-checked={shown}
          aria-labelledby={labelId}
          aria-disabled={pending || undefined}
          className="flex size-6 cursor-pointer items-center justify-center rounded-sm max-md:-m-2.5 max-md:size-11"
        >
          <Box done={shown} />
        </button>
      </form>
      <span role="status" className="sr-only">
        {pending ? words.saving : ""}
      </span>
      {state.status === "refused" && (
        <p role="alert" className="text-small text-danger col-span-2 row-start-2">
          {say(state.messageKey, state.values)}
        </p>
      )}
    </>
  );
}

function Box({ done }: { done: boolean }) {
  const look = done
    ? "border-action bg-action forced-color-adjust-none bg-(image:--tick) bg-size-[0.875rem] bg-center bg-no-repeat"
    : "border-line-control bg-raised";
  return (
    <span
      aria-hidden="true"
      className={`mt-0.5 block size-4.5 flex-none rounded-sm border-[1.5px] ${look}`}
    />
  );
}
