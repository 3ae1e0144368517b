import { LOOK_EVENTS } from "@/db/vocabulary/incidents";
import type { Locale } from "@/db/vocabulary/languages";
import { WAVE_STOPS } from "@/db/vocabulary/waves";

import { CATALOGUE } from "./catalogue";
import IncidentNotice from "./incident-notice";
import NoticeLook from "./notice-look";
import type { Preview } from "./previews";
import WaveStopped from "./wave-stopped";

const incident = IncidentNotice.PreviewProps;

/** The mails of notices, and to those who write them and let them out, as each of them may be. */
export const noticePreviews = (
  spoken: (locale: Locale) => { locale: Locale; vendor: string },
): Preview[] => [
  ...(["initial", "update", "correction", "final"] as const).map((type, index) => ({
    name: `incident-notice-${type}`,
    template: "incident-notice" as const,
    mail: (locale: Locale) =>
      CATALOGUE["incident-notice"]({
        ...incident,
        ...spoken(locale),
        facts: {
          ...incident.facts,
          ...{ type, sequence: index + 1 },
          corrects:
            type === "correction" ? { sequence: 1, publishedAt: incident.facts.publishedAt } : null,
        },
      }),
  })),
  {
    name: "incident-notice-untranslated",
    template: "incident-notice",
    mail: (locale: Locale) =>
      CATALOGUE["incident-notice"]({
        ...incident,
        ...spoken(locale),
        facts: {
          ...incident.facts,
          ...{ title: { "zh-CN": "令牌缓存可被读取" }, occurredAt: null, containedAt: null },
          ...{ dataKinds: { "zh-CN": "登录令牌" }, cause: { "zh-CN": "正在调查。" } },
        },
      }),
  },
  ...LOOK_EVENTS.map((event) => ({
    name: `notice-look-${event.replace("_", "-")}`,
    template: "notice-look" as const,
    mail: (locale: Locale) =>
      CATALOGUE["notice-look"]({
        ...NoticeLook.PreviewProps,
        ...spoken(locale),
        facts: { ...NoticeLook.PreviewProps.facts, event },
      }),
  })),
  ...WAVE_STOPS.map((cause) => ({
    name: `wave-stopped-${cause}`,
    template: "wave-stopped" as const,
    mail: (locale: Locale) =>
      CATALOGUE["wave-stopped"]({
        ...WaveStopped.PreviewProps,
        ...spoken(locale),
        facts: { ...WaveStopped.PreviewProps.facts, cause },
      }),
  })),
];
