"use client";

import { useEffect } from "react";

import { CopyOutcome, useCopy } from "@/components/ui/copy-button";

/** Copies the address of a section when its # is followed. One listener for the whole text. */
export function AnchorCopy() {
  const { outcome, copy } = useCopy();

  useEffect(() => {
    const onClick = ({ target }: MouseEvent) => {
      const link = target instanceof Element ? target.closest("a[data-copy-anchor]") : null;
      if (link instanceof HTMLAnchorElement) void copy(link.href);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  });

  return <CopyOutcome outcome={outcome} className="fixed inset-x-0 bottom-6 mx-auto" />;
}
