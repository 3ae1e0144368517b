import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";

const SAVED = ["account", "member", "memberRemoved", "memberAddress", "app", "appClosed"] as const;

/** Says what the form before this page has done; anything else in the address says nothing. */
export function SaveBanner({ what }: { what: string | undefined }) {
  const t = useTranslations("accounts.saved");
  const saved = SAVED.find((one) => one === what);
  if (!saved) return null;
  return (
    <div className="mb-6">
      <Banner tone="ok" role="status">
        {t(saved)}
      </Banner>
    </div>
  );
}
