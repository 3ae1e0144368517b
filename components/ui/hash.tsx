import { useTranslations } from "next-intl";

import { CopyButton } from "./copy-button";
import { Status } from "./status";

type Props = { value: string; algorithm?: string; full?: boolean };

/** A fingerprint, shortened for the eye and copied whole. */
export function Hash({ value, algorithm = "sha256", full }: Props) {
  const t = useTranslations("ui");
  const shown = full || value.length <= 16 ? value : `${value.slice(0, 6)}…${value.slice(-4)}`;
  return (
    <span className="text-caption text-ink-soft inline-flex max-w-full items-center gap-1.5 font-mono">
      <code className="font-mono wrap-anywhere" title={value}>
        {algorithm} {shown}
      </code>
      <CopyButton text={value} label={t("fingerprint")} />
    </span>
  );
}

/** Whether what the fingerprint was taken of is still the same. */
export function HashStatus({ isSame, children }: { isSame: boolean; children: React.ReactNode }) {
  return <Status tone={isSame ? "ok" : "danger"}>{children}</Status>;
}
