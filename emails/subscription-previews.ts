import type { Locale } from "@/db/vocabulary/languages";
import type { BulletinFacts } from "@/domain/broadcasts/facts";

import Announcement from "./announcement";
import Bulletin from "./bulletin";
import { CATALOGUE } from "./catalogue";
import Digest from "./digest";
import PolicyChange from "./policy-change";
import type { Preview } from "./previews";
import SubscriptionConfirmation from "./subscription-confirmation";
import Withdrawal from "./withdrawal";

const incident = Bulletin.PreviewProps.facts.told;

/** Bulletins of each thing that is told on. */
const BULLETINS: Record<string, BulletinFacts> = {
  bulletin: Bulletin.PreviewProps.facts,
  "bulletin-policy-change": {
    to: "subscribers",
    told: { kind: "policy_change", facts: PolicyChange.PreviewProps.facts },
  },
  "bulletin-announcement": {
    to: "subscribers",
    told: { kind: "announcement", facts: Announcement.PreviewProps.facts },
  },
  "bulletin-withdrawal": {
    to: "subscribers",
    told: { kind: "withdrawal", facts: Withdrawal.PreviewProps.facts },
  },
  "bulletin-end-users": { to: "end_users", told: incident },
};

type Spoken = (locale: Locale) => { locale: Locale; vendor: string };

/** The mail that confirms a subscription, what it brings, and what comes once a day together. */
export const subscriptionPreviews = (spoken: Spoken): Preview[] => [
  ...Object.entries(BULLETINS).map(([name, facts]) => ({
    name,
    template: "bulletin" as const,
    mail: (locale: Locale) =>
      CATALOGUE.bulletin({ ...Bulletin.PreviewProps, ...spoken(locale), facts }),
  })),
  {
    name: "digest",
    template: "digest",
    mail: (locale) => CATALOGUE.digest({ ...Digest.PreviewProps, ...spoken(locale) }),
  },
  {
    name: "subscription-confirmation",
    template: "subscription-confirmation",
    mail: (locale) =>
      CATALOGUE["subscription-confirmation"]({
        ...SubscriptionConfirmation.PreviewProps,
        ...spoken(locale),
        link: SubscriptionConfirmation.PreviewProps.link.replace("/zh-CN/", `/${locale}/`),
      }),
  },
];
