import { hasLocale } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";

import { ReadingPage } from "@/components/layout/reading-page";
import { routing } from "@/messages/routing";
import { currentContext } from "@/server/session";

import { PublicFrame } from "../_components/public-frame";
import { WorkingWords } from "../_components/working-words";

type Props = { children: React.ReactNode; params: Promise<{ locale: string }> };

/** The door: public in look, but never prerendered, because it opens sessions and is passed by who has one. */
export default async function EntryLayout({ children, params }: Props) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const { actor } = await currentContext();
  return (
    <WorkingWords>
      <PublicFrame isSignedIn={actor.kind === "person"}>
        <ReadingPage>
          <div data-room="guests" className="max-w-door">
            {children}
          </div>
        </ReadingPage>
      </PublicFrame>
    </WorkingWords>
  );
}
