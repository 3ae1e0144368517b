"use client";

import { useSyncExternalStore } from "react";

import { Button, type ButtonVariant } from "./button";

type Props = { label: string; variant?: ButtonVariant };

/** Opens the browser's print dialog, which also saves as PDF; without JavaScript it is not to be seen. */
export function PrintButton({ label, variant = "text" }: Props) {
  const isHydrated = useSyncExternalStore(never, yes, no);
  return (
    <Button
      variant={variant}
      onClick={() => window.print()}
      className={isHydrated ? undefined : "invisible"}
    >
      {label}
    </Button>
  );
}

const never = () => () => undefined;
const yes = () => true;
const no = () => false;
