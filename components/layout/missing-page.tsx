import { useTranslations } from "next-intl";

import { ButtonLink, Buttons } from "@/components/ui/button";

import { StandInPage } from "./stand-in-page";

/** Three ways on from each side, each by the title of its page. */
const WAYS = {
  public: [
    ["/policies", "policies.library.title"],
    ["/incidents", "incidents.title"],
    ["/rights", "requests.filing.door.title"],
  ],
  console: [
    ["/home", "home.console.title"],
    ["/inbox", "inbox.title"],
    ["/requests", "requests.filing.title"],
  ],
  guest: [
    ["/requests", "requests.filing.title"],
    ["/inbox", "inbox.title"],
    ["/policies", "policies.library.title"],
  ],
  ops: [
    ["/ops", "ops.desk.title"],
    ["/ops/inbox", "inbox.title"],
    ["/policies", "policies.library.title"],
  ],
} as const;

export type Side = keyof typeof WAYS;

/** "There is no such page", inside whichever shell the reader has. */
export function MissingPage({ side = "public" }: { side?: Side }) {
  const t = useTranslations();
  return (
    <StandInPage
      room={side === "public" ? "reading" : "working"}
      title={t("errors.page.notFoundTitle")}
      text={t("errors.page.notFoundText")}
    >
      <Buttons>
        {WAYS[side].map(([href, name], index) => (
          <ButtonLink key={href} href={href} variant={index === 0 ? "outline" : "text"}>
            {t(name)}
          </ButtonLink>
        ))}
      </Buttons>
    </StandInPage>
  );
}
