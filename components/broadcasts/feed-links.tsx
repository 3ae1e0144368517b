import { useTranslations } from "next-intl";

import { linkClass } from "@/components/ui/link";

type Props = {
  addresses: { "application/atom+xml": string; "application/feed+json": string };
};

/** The feeds of what is told to everybody, for people who read with a program. */
export function FeedLinks({ addresses }: Props) {
  const t = useTranslations("announcements.feed");
  return (
    <p className="text-small text-ink-muted mt-10 print:hidden">
      {t.rich("subscribe", {
        atom: (chunks) => (
          <a
            href={addresses["application/atom+xml"]}
            type="application/atom+xml"
            className={linkClass("text")}
          >
            {chunks}
          </a>
        ),
        json: (chunks) => (
          <a
            href={addresses["application/feed+json"]}
            type="application/feed+json"
            className={linkClass("text")}
          >
            {chunks}
          </a>
        ),
      })}
    </p>
  );
}
