import { useTranslations } from "next-intl";

import { linkClass } from "@/components/ui/link";

type Props = {
  /** The feeds' addresses by media type. */
  addresses: { "application/atom+xml": string; "application/feed+json": string };
};

/** The feeds of what is told to everybody, for people who read with a program. */
export function FeedLinks({ addresses }: Props) {
  const t = useTranslations("announcements.feed");
  const link = (type: keyof Props["addresses"]) => (chunks: React.ReactNode) => (
    <a href={addresses[type]} type={type} className={linkClass("text")}>
      {chunks}
    </a>
  );
  return (
    <p className="text-small text-ink-muted mt-10 print:hidden">
      {t.rich("subscribe", {
        atom: link("application/atom+xml"),
        json: link("application/feed+json"),
      })}
    </p>
  );
}
