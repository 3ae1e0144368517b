import type { Locale } from "@/db/vocabulary/languages";

import AcknowledgementReminder from "./acknowledgement-reminder";
import { CATALOGUE } from "./catalogue";
import ContactsCheck from "./contacts-check";
import OwnPolicyReminder from "./own-policy-reminder";
import PolicyChange from "./policy-change";
import type { Preview } from "./previews";

const policy = PolicyChange.PreviewProps;

type Spoken = (locale: Locale) => { locale: Locale; vendor: string };

/** The mails that tell a change, in their variants, and those that remind of it. */
export const policyPreviews = (spoken: Spoken): Preview[] => [
  {
    name: "policy-change",
    template: "policy-change",
    mail: (locale) => CATALOGUE["policy-change"]({ ...policy, ...spoken(locale) }),
  },
  {
    name: "policy-change-minor",
    template: "policy-change",
    mail: (locale) =>
      CATALOGUE["policy-change"]({
        ...policy,
        ...spoken(locale),
        facts: { ...policy.facts, isMajor: false, majorReasons: [], affectsEndUsers: false },
      }),
  },
  {
    name: "policy-change-first-version",
    template: "policy-change",
    mail: (locale) =>
      CATALOGUE["policy-change"]({
        ...policy,
        ...spoken(locale),
        facts: {
          ...policy.facts,
          ...{ label: "1.0", previousLabel: null, isMajor: false, majorReasons: [] },
        },
      }),
  },
  {
    name: "policy-change-untranslated",
    template: "policy-change",
    mail: (locale) =>
      CATALOGUE["policy-change"]({
        ...policy,
        ...spoken(locale),
        facts: {
          ...policy.facts,
          changes: policy.facts.changes.map(({ text, anchor }) => ({
            text: { "zh-CN": text["zh-CN"] ?? "" },
            anchor,
          })),
        },
      }),
  },
  {
    name: "acknowledgement-reminder",
    template: "acknowledgement-reminder",
    mail: (locale) =>
      CATALOGUE["acknowledgement-reminder"]({
        ...AcknowledgementReminder.PreviewProps,
        ...spoken(locale),
      }),
  },
  {
    name: "contacts-check",
    template: "contacts-check",
    mail: (locale) =>
      CATALOGUE["contacts-check"]({ ...ContactsCheck.PreviewProps, ...spoken(locale) }),
  },
  {
    name: "own-policy-reminder",
    template: "own-policy-reminder",
    mail: (locale) =>
      CATALOGUE["own-policy-reminder"]({ ...OwnPolicyReminder.PreviewProps, ...spoken(locale) }),
  },
];
