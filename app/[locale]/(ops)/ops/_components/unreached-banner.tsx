import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";

type Props = { accounts: number; title: string; className: string };

/** Accounts that nobody could tell are somebody's task: said above all else. */
export function UnreachedBanner({ accounts, title, className }: Props) {
  const t = useTranslations("ops.desk.unreached");
  if (accounts === 0) return null;
  return (
    <div className={className}>
      <Banner
        tone="danger"
        title={title}
        actions={
          <ButtonLink href="/ops/unreached" size="sm">
            {t("open")}
          </ButtonLink>
        }
      >
        {t("text")}
      </Banner>
    </div>
  );
}
