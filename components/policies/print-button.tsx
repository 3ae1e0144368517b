"use client";

import { useSyncExternalStore } from "react";

import { Button } from "@/components/ui/button";

/** Opens the browser's print dialog, which also saves as PDF; without JavaScript it is not to be seen. */
export function PrintButton({ label }: { label: string }) {
  const isHydrated = useSyncExternalStore(never, yes, no);
  return (
    <Button
      variant="text"
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
