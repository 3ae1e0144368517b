"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

/** Copies the address of a section when its # is followed. One listener for the whole text. */
export function AnchorCopy() {
  const t = useTranslations("ui.copy");
  const [copied, setCopied] = useState("");

  useEffect(() => {
    const onClick = ({ target }: MouseEvent) => {
      const link = target instanceof Element ? target.closest("a[data-copy-anchor]") : null;
      if (!(link instanceof HTMLAnchorElement)) return;
      void navigator.clipboard.writeText(link.href).then(() => setCopied(link.href));
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, []);

  return (
    <span role="status" className="sr-only">
      {copied ? `${t("done")} ${copied}` : ""}
    </span>
  );
}
