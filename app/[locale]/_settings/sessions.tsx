import { useLocale, useTranslations } from "next-intl";

import {
  endOtherSessionsAction,
  endSessionAction,
} from "@/app/[locale]/(console)/settings/actions";
import { ButtonForm } from "@/components/form/button-form";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { listOwnSessions } from "@/domain/access/own-sessions";
import { withLanguage } from "@/lib/addresses";
import { isWithin } from "@/lib/network-list";

type Session = Awaited<ReturnType<typeof listOwnSessions>>[number];

const LOOPBACK = ["127.0.0.0/8", "::1"];
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

/** Where a person is signed in, to recognise what is not theirs and end it. */
export function Sessions({ sessions }: { sessions: readonly Session[] }) {
  const t = useTranslations("access.sessions");
  const locale = useLocale();
  const here = sessions.find(({ isThis }) => isThis)?.network;
  return (
    <Section id="sessions" title={t("title")} note={t("count", { count: sessions.length })}>
      <p className="max-w-measure">{t("lead")}</p>
      <ul className="border-line max-w-measure mt-3 border-t">
        {sessions.map((session) => (
          <li
            key={session.id}
            className="border-line flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2.5"
          >
            <div className="min-w-0 flex-1 basis-60">
              <p className="text-ui font-semibold">
                {session.device || t("unknownDevice")}
                {session.isThis && <Chip after>{t("this")}</Chip>}
              </p>
              <p className="text-ink-muted text-small wrap-anywhere">
                <Place network={session.network} here={session.isThis ? undefined : here} />
              </p>
              <p className="text-ink-muted text-small [&_time]:whitespace-nowrap">
                {t.rich("seen", {
                  first: () => <Time at={session.firstSeenAt} form="table" />,
                  last: () => <Time at={session.lastSeenAt} form="table" />,
                })}
              </p>
            </div>
            {!session.isThis && (
              <ButtonForm action={endSessionAction}>
                <input type="hidden" name="session" value={session.id} />
                <Button
                  type="submit"
                  size="sm"
                  variant="outline"
                  aria-label={t("endNamed", { device: session.device || t("unknownDevice") })}
                >
                  {t("end")}
                </Button>
              </ButtonForm>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-3">
        {sessions.length > 1 && (
          <ButtonForm action={endOtherSessionsAction}>
            <Button type="submit" variant="outline">
              {t("endOthers")}
            </Button>
          </ButtonForm>
        )}
        <form action={withLanguage(locale, "/sign-out")} method="post">
          <input type="hidden" name="everywhere" value="on" />
          <Button type="submit" variant="outline">
            {t("endAll")}
          </Button>
        </form>
      </div>
    </Section>
  );
}

/** Where a session was last seen: as near as a network tells. */
function Place({ network, here }: { network: string; here: string | undefined }) {
  const t = useTranslations("access.sessions.place");
  if (network === "") return t("unknown");
  const [address = ""] = network.split("/");
  const place = isWithin(address, LOOPBACK)
    ? t("machine")
    : isWithin(address, PRIVATE)
      ? t("local", { network })
      : t("network", { network });
  return network === here ? t("same", { place }) : place;
}
