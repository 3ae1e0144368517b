"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps } from "react";

import { Button } from "@/components/ui/button";

import { useForm } from "./form-state";

type Props = Omit<ComponentProps<typeof Button>, "type"> & { pendingLabel?: string };

/** Sends the form around it. While that runs it says so and takes no second click, and keeps the focus. */
export function SubmitButton({ children, pendingLabel, variant = "primary", ...rest }: Props) {
  const t = useTranslations("ui.form");
  const { pending } = useForm();
  return (
    <Button type="submit" variant={variant} aria-disabled={pending || undefined} {...rest}>
      {pending ? (pendingLabel ?? t("sending")) : children}
    </Button>
  );
}
