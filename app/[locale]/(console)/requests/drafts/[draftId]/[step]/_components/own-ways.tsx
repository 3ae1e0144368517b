import { getLocale, getTranslations } from "next-intl/server";

import { WayText } from "@/components/requests/way-text";
import { Section } from "@/components/ui/section";
import { TabLinks } from "@/components/ui/tabs";
import type { StopPlace } from "@/db/vocabulary/accounts";
import type { Context } from "@/domain/context";
import { type FilingStep, stepAfter } from "@/domain/requests/filing-steps";
import type { Draft } from "@/domain/requests/read-draft";
import { readWays } from "@/domain/requests/ways";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";

type Props = {
  ctx: Context;
  draft: Draft;
  step: FilingStep;
  /** The platform in the address; what is none counts as nothing. */
  on: string | undefined;
  isFromCheck: boolean;
};

/**
 * What one can do oneself, on the page after the type was chosen and before the form that asks the vendor
 * to (P24); below it the form goes on.
 */
export async function OwnWays({ ctx, draft, step, on, isFromCheck }: Props) {
  const { id: draftId, answers } = draft;
  if (step !== stepAfter("type", answers)) return null;
  const asked = await orNotFound(readWays(ctx, { draftId, on: on as StopPlace | undefined }));
  if (asked.ways.length === 0) return null;
  const [t, platform, stop, locale] = await Promise.all([
    getTranslations("requests.filing.ways"),
    getTranslations("accounts.platform"),
    getTranslations("acknowledgements.stop"),
    getLocale(),
  ]);
  const nameOf = (place: StopPlace) => (place === "api" ? stop("api") : platform(place));
  const back = isFromCheck && "check";
  const href = (place: StopPlace | null) =>
    at("/requests/drafts/*/*", draftId, step, { back, on: place });
  return (
    <div className="border-line mb-6 border-b pb-6">
      <Section title={t("title")}>
        <p className="text-ink-soft">{t("lead")}</p>
        {asked.places.length > 1 && (
          <TabLinks
            label={t("platform")}
            tabs={[
              { href: href(null), label: t("all"), current: asked.on === null },
              ...asked.places.map((place) => ({
                href: href(place),
                label: nameOf(place),
                current: asked.on === place,
              })),
            ]}
          />
        )}
        <ul className="mt-3 space-y-3">
          {asked.ways.map((way) => (
            <li key={way.id}>
              {way.place && <strong className="mr-2">{nameOf(way.place)}</strong>}
              <WayText way={way} locale={locale} />
            </li>
          ))}
        </ul>
        <p className="mt-3">{t("goOn")}</p>
      </Section>
    </div>
  );
}
