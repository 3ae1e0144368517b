"use client";

import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A bug of ours: the digest is the number under which the server logged it. */
export function BrokenPage({ error, reset }: Props) {
  const t = useTranslations("errors.page");
  return (
    <ErrorPanel
      title={t("brokenTitle")}
      requestId={error.digest}
      actions={<Button onClick={reset}>{t("retry")}</Button>}
    >
      {t("brokenText")}
    </ErrorPanel>
  );
}
