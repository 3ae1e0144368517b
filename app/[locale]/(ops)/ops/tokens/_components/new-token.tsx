import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";
import { CopyButton } from "@/components/ui/copy-button";

/** A token in full, this once. */
export function NewToken({ name, token }: { name: string; token: string }) {
  const t = useTranslations("tickets.tokens");
  return (
    <Banner tone="warn" title={t("created", { name })}>
      <p>{t("once")}</p>
      <p className="bg-raised border-line mt-2 flex items-center gap-2 rounded-md border px-3 py-2">
        <code className="min-w-0 flex-1 font-mono wrap-anywhere">{token}</code>
        <CopyButton text={token} label={t("token")} />
      </p>
    </Banner>
  );
}
