import { useTranslations } from "next-intl";

import { Link } from "@/components/ui/link";
import type { Address } from "@/lib/addresses";

type Props = { href: Address; what: "incident" | "announcements" | "document" };

/** The way to subscribe by mail, for anybody (P53). */
export function SubscribeLink({ href, what }: Props) {
  const t = useTranslations("subscriptions.link");
  return (
    <p className="text-small mt-3 print:hidden">
      <Link href={href}>{t(what)}</Link>
    </p>
  );
}
