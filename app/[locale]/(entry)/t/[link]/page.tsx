import { type Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ReadingHead } from "@/components/layout/reading-page";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { readTicketLink, type ShownLink } from "@/domain/tickets/read-link";
import { visitorContext } from "@/server/session";

import { OpenLink } from "./_components/open-link";

type Props = { params: Promise<{ link: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tickets.landing");
  // The address is the key: it is told to no other site and kept out of every index.
  return { title: t("title"), referrer: "no-referrer", robots: { index: false, follow: false } };
}

/** Behind a support ticket's link: what it opens and until when. Nothing happens before the button. */
export default async function TicketLinkPage({ params }: Props) {
  const { link } = await params;
  const ctx = await visitorContext();
  const shown = await readTicketLink(ctx, { link });
  if (shown.state !== "open") return <EndedLink shown={shown} />;
  return <OpenLink link={link} shown={shown} isSignedIn={ctx.actor.kind === "person"} />;
}

type Ended = Exclude<ShownLink, { state: "open" }>;

/** A link that is over, or never was one of ours: why, and two ways to go on without it. */
function EndedLink({ shown }: { shown: Ended }) {
  const t = useTranslations("tickets.landing");
  return (
    <>
      <ReadingHead
        title={t(`ended.${shown.state}`)}
        lead={
          shown.state === "unknown"
            ? t("unknownText")
            : t(`endedTexts.${shown.state}`, { ticket: shown.ticketNumber })
        }
      />
      <Buttons>
        <ButtonLink href="/rights" variant="primary">
          {t("withoutLink")}
        </ButtonLink>
        <ButtonLink href="/announcements">{t("notices")}</ButtonLink>
      </Buttons>
    </>
  );
}
