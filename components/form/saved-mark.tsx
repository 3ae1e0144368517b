"use client";

import { useTranslations } from "next-intl";

import { Status } from "@/components/ui/status";

import { useForm } from "./form-state";

/** When the form's content was last saved; from the first change on, that it is not. */
export function SavedMark({ children }: { children: React.ReactNode }) {
  const t = useTranslations("ui.form");
  const { isUnsaved } = useForm();
  return (
    <span role="status">
      {isUnsaved ? (
        <Status tone="warn">{t("unsaved")}</Status>
      ) : (
        <Status tone="ok">{children}</Status>
      )}
    </span>
  );
}
