"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import {
  CheckboxField,
  RadiosField,
  SelectField,
  TextareaField,
  TextField,
} from "@/components/form/fields";
import { FormContext } from "@/components/form/form-state";
import { SubmitButton } from "@/components/form/submit-button";
import { OnItsWay } from "@/components/layout/navigation-progress";
import { Button, Buttons, type ButtonVariant } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Section } from "@/components/ui/section";

const VARIANTS: readonly ButtonVariant[] = ["primary", "outline", "text", "danger", "danger-solid"];

/** Buttons, and every field as it stands, refused and closed. */
export function FormStories() {
  const t = useTranslations("mailbox.browser");
  return (
    <>
      <Section title={t("buttons")}>
        {(["md", "sm"] as const).map((size) => (
          <Buttons key={size} className="mb-3">
            {VARIANTS.map((variant) => (
              <Button key={variant} variant={variant} size={size}>
                {t("act")}
              </Button>
            ))}
            <Button size={size} disabled>
              {t("closed")}
            </Button>
            <CopyButton text={t("act")} />
          </Buttons>
        ))}
      </Section>
      <Section title={t("fields")}>
        <div className="grid gap-x-10 gap-y-8 md:grid-cols-2">
          <Fields prefix="plain" />
          <FormContext
            value={{ fields: refused("refused"), values: {}, pending: false, isUnsaved: false }}
          >
            <Fields prefix="refused" />
          </FormContext>
        </div>
      </Section>
      <Section title={t("waiting")}>
        {/* In a shell it runs along the window, which cuts it off. */}
        <div className="mb-5 overflow-hidden">
          <OnItsWay className="relative block" />
        </div>
        <FormContext value={{ fields: {}, values: {}, pending: true, isUnsaved: false }}>
          <SubmitButton>{t("act")}</SubmitButton>
        </FormContext>
      </Section>
      <Section title={t("dialogs")}>
        <Buttons>
          <DialogStory size="md" text={t("hint")} />
          <DialogStory size="lg" text={`${t("hint")} `.repeat(160)} />
        </Buttons>
      </Section>
    </>
  );
}

function DialogStory({ size, text }: { size: "md" | "lg"; text: string }) {
  const t = useTranslations("mailbox.browser");
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t(`dialog.${size}`)}</Button>
      <Dialog
        open={isOpen}
        onClose={close}
        size={size}
        title={t(`dialog.${size}`)}
        actions={
          <>
            <Button onClick={close}>{t("dialog.back")}</Button>
            <Button variant="danger-solid" onClick={close}>
              {t("act")}
            </Button>
          </>
        }
      >
        {text}
      </Dialog>
    </>
  );
}

const NAMES = ["text", "long", "list", "one", "tick"] as const;

function refused(prefix: string): Record<string, string[]> {
  return Object.fromEntries(NAMES.map((name) => [`${prefix}.${name}`, ["errors.field.required"]]));
}

function Fields({ prefix }: { prefix: string }) {
  const t = useTranslations("mailbox.browser");
  const options = (["first", "second"] as const).map((value) => ({ value, label: t(value) }));
  return (
    <div>
      <TextField name={`${prefix}.text`} label={t("text")} hint={t("hint")} required />
      <TextareaField name={`${prefix}.long`} label={t("long")} rows={3} defaultValue={t("typed")} />
      <SelectField name={`${prefix}.list`} label={t("list")} options={options} />
      <RadiosField name={`${prefix}.one`} label={t("one")} options={options} inline />
      <CheckboxField name={`${prefix}.tick`} label={t("tick")} hint={t("hint")} />
      <TextField name={`${prefix}.closed`} label={t("closed")} defaultValue={t("typed")} disabled />
    </div>
  );
}
