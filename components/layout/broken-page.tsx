"use client";

import { useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";

import { type Room, StandInPage } from "./stand-in-page";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A bug of ours: the digest is the number under which the server logged it. */
export function BrokenPage({ error, reset, room }: Props & { room: Room }) {
  const t = useTranslations("errors.page");
  return (
    <div role="alert">
      <StandInPage
        room={room}
        title={t("brokenTitle")}
        text={t("brokenText")}
        requestId={error.digest}
      >
        <Button onClick={reset}>{t("retry")}</Button>
      </StandInPage>
    </div>
  );
}

export function BrokenReadingPage(props: Props) {
  return <BrokenPage {...props} room="reading" />;
}

export function BrokenWorkingPage(props: Props) {
  return <BrokenPage {...props} room="working" />;
}
