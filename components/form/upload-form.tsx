"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { FileInput } from "@/components/ui/input";
import { formatFileSize } from "@/lib/format";

import { ActionForm, type FormAction } from "./action-form";
import { useField } from "./fields";
import { SubmitButton } from "./submit-button";
import { type Upload, useUploads } from "./uploads";
import { useMessage } from "./use-message";

type Props = {
  /** Takes the files of the form itself, for browsers without scripts, and goes on. */
  action: FormAction;
  /** Where a script sends each file as soon as it is chosen. */
  to: string;
  name: string;
  label: string;
  hint: React.ReactNode;
  accept: string;
  /** Bytes of one file. */
  most: number;
  submitLabel: string;
  children: React.ReactNode;
};

/**
 * Files that are sent as soon as they are chosen, and a button that goes on. Whoever presses it while
 * some are on their way goes on when they have arrived; what could not be sent keeps them here.
 */
export function UploadForm({ action, children, submitLabel, to, most, ...field }: Props) {
  const t = useTranslations("ui.upload");
  const router = useRouter();
  const box = useRef<HTMLDivElement>(null);
  const [kept, setKept] = useState("");
  const held = useRef(false);
  const [isHeld, showHeld] = useState(false);
  const [isOutdated, setOutdated] = useState(false);
  const [isStopped, setStopped] = useState(false);
  const uploads = useUploads({
    to,
    most,
    onKept(name) {
      setKept(t("kept", { name }));
      router.refresh();
    },
  });

  function hold(isOn: boolean) {
    held.current = isOn;
    showHeld(isOn);
  }

  async function goOn(event: React.SyntheticEvent) {
    setStopped(false);
    if (uploads.isEmpty()) return setOutdated(false);
    event.preventDefault();
    event.stopPropagation();
    if (held.current) return;
    hold(true);
    const isAllKept = await uploads.settled();
    hold(false);
    if (isAllKept) box.current?.querySelector("form")?.requestSubmit();
    else {
      setStopped(true);
      box.current?.querySelector<HTMLElement>("[data-refused]")?.focus();
    }
  }

  return (
    <div ref={box} onSubmitCapture={(event) => void goOn(event)}>
      <ActionForm action={action} label={field.label} isOutdated={isOutdated}>
        {children}
        <UploadField {...field} uploads={uploads} onChosen={() => setOutdated(true)} />
        <p role="status" className="text-small text-ink-muted mt-2 empty:hidden">
          {kept}
        </p>
        {isStopped && uploads.hasRefused && (
          <p role="alert" className="text-small text-danger mt-2">
            {t("stopped")}
          </p>
        )}
        <div className="mt-8">
          <SubmitButton aria-disabled={isHeld || undefined}>
            {isHeld ? t("held") : submitLabel}
          </SubmitButton>
        </div>
      </ActionForm>
    </div>
  );
}

type FieldProps = Pick<Props, "name" | "label" | "hint" | "accept"> & {
  uploads: ReturnType<typeof useUploads>;
  onChosen: () => void;
};

function UploadField({ name, label, hint, accept, uploads, onChosen }: FieldProps) {
  const t = useTranslations("ui.form");
  const { id, error } = useField(name, hint);
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <FileInput
        id={id}
        name={name}
        accept={accept}
        multiple
        choose={t("chooseFile")}
        onChange={({ currentTarget }) => {
          onChosen();
          uploads.add(currentTarget.files ?? []);
          currentTarget.value = "";
        }}
        {...describedBy(id, { hint, error })}
      >
        {t("dropFile")}
      </FileInput>
      {uploads.uploads.length > 0 && (
        <ul className="border-line mt-3 border-t">
          {uploads.uploads.map((upload) => (
            <UploadRow
              key={upload.key}
              upload={upload}
              onCancel={() => uploads.cancel(upload.key)}
              onRetry={() => uploads.retry(upload)}
            />
          ))}
        </ul>
      )}
    </Field>
  );
}

type RowProps = { upload: Upload; onCancel: () => void; onRetry: () => void };

function UploadRow({ upload, onCancel, onRetry }: RowProps) {
  const t = useTranslations("ui.upload");
  const locale = useLocale();
  const { file, sent, refusal } = upload;
  const { name } = file;
  return (
    <li className="border-line flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2.5">
      <div className="min-w-0 flex-1">
        {refusal ? (
          <Refused refusal={refusal} />
        ) : (
          <>
            <p className="font-semibold break-words">
              <bdi>{name}</bdi>
            </p>
            <p className="text-small text-ink-muted flex items-center gap-2">
              <progress value={sent ?? 0} aria-label={t("progress", { name })} className="h-2 w-32">
                {Math.round((sent ?? 0) * 100)}
              </progress>
              {sent === undefined
                ? t("waiting")
                : `${Math.round(sent * 100)} % · ${formatFileSize(file.size, locale)}`}
            </p>
          </>
        )}
      </div>
      {refusal?.again && (
        <Button size="sm" onClick={onRetry} aria-label={t("retryNamed", { name })}>
          {t("retry")}
        </Button>
      )}
      <Button
        size="sm"
        onClick={onCancel}
        data-refused={refusal ? "" : undefined}
        aria-label={t(refusal ? "dropNamed" : "cancelNamed", { name })}
      >
        {t(refusal ? "drop" : "cancel")}
      </Button>
    </li>
  );
}

function Refused({ refusal }: { refusal: NonNullable<Upload["refusal"]> }) {
  const say = useMessage(refusal.said);
  return (
    <p role="alert" className="text-danger flex gap-1.5 font-semibold break-words">
      <Icon name="error" className="mt-[3px]" />
      <span>{say(refusal.messageKey, refusal.values)}</span>
    </p>
  );
}
