import { useTranslations } from "next-intl";

import { BareHead } from "@/components/ui/bare-head";

import { ReadingPage } from "./reading-page";

export type Room = "reading" | "working";

type Props = {
  room: Room;
  title: React.ReactNode;
  text: React.ReactNode;
  /** The number to quote when asking for help. */
  requestId?: string | undefined;
  children?: React.ReactNode;
};

/** Stands where a page could not be shown, with the head and the edge of the pages around it. */
export function StandInPage({ room, title, text, requestId, children }: Props) {
  const t = useTranslations("ui");
  const below = (
    <>
      {children}
      {requestId && (
        <p className="text-small text-ink-muted mt-6">
          {t("requestId")} <code className="font-mono">{requestId}</code>
        </p>
      )}
    </>
  );
  if (room === "reading")
    return (
      <ReadingPage title={title} lead={text}>
        {below}
      </ReadingPage>
    );
  return (
    <>
      <BareHead title={title} note={<p className="max-w-measure">{text}</p>} />
      {below}
    </>
  );
}
