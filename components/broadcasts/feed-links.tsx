import { useTranslations } from "next-intl";

import { linkClass } from "@/components/ui/link";

const TYPES = {
  atom: "application/atom+xml",
  json: "application/feed+json",
  dates: "text/calendar",
  incidents: "application/json",
} as const;

type Type = (typeof TYPES)[keyof typeof TYPES];

/** What is told to everybody, for people who read with a program. */
export function FeedLinks({ addresses }: { addresses: Record<Type, string> }) {
  const t = useTranslations("announcements.feed");
  const to = (type: Type) =>
    function Linked(chunks: React.ReactNode) {
      return (
        <a href={addresses[type]} type={type} className={linkClass("text")}>
          {chunks}
        </a>
      );
    };
  return (
    <p className="text-small text-ink-muted mt-10 print:hidden">
      {t.rich("subscribe", {
        atom: to(TYPES.atom),
        json: to(TYPES.json),
        dates: to(TYPES.dates),
        incidents: to(TYPES.incidents),
      })}
    </p>
  );
}
