"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";

import { resendSignInMail } from "../actions";

type Props = {
  requestId: string;
  /** Until the next mail may be sent, as of when the page was made. */
  seconds: number;
  isFirst: boolean;
};

/**
 * Sends the mail again. It counts down where scripts run; where none do, the button may be pressed
 * early and the page then says for how long to wait.
 */
export function Resend({ requestId, seconds, isFirst }: Props) {
  const t = useTranslations("ui.resend");
  const locale = useLocale();
  const left = useCountdown(seconds);
  const isWaiting = left > 0;
  return (
    <ActionForm action={resendSignInMail} label={t("label")}>
      <input type="hidden" name="request" value={requestId} />
      <input type="hidden" name="locale" value={locale} />
      <SubmitButton
        variant={isFirst ? "primary" : "outline"}
        disabled={isWaiting && left < seconds}
      >
        {isWaiting
          ? left > 90
            ? t("waitMinutes", { minutes: Math.ceil(left / 60) })
            : t("wait", { seconds: left })
          : t("send")}
      </SubmitButton>
      {isWaiting && <p className="text-ink-muted text-small mt-1.5">{t("newest")}</p>}
    </ActionForm>
  );
}

/** Counts by the reader's own clock how long ago the page arrived; both clocks need not agree. */
function useCountdown(seconds: number): number {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    if (seconds === 0) return;
    const start = performance.now();
    const timer = setInterval(() => {
      const now = Math.floor((performance.now() - start) / 1000);
      setPassed(now);
      if (now >= seconds) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [seconds]);
  return Math.max(0, seconds - passed);
}
