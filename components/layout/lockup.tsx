import { useTranslations } from "next-intl";

import { type Address } from "@/lib/addresses";
import { BareLink } from "@/components/ui/link";

type Props = { href: Address; owner?: string | undefined };

const LOOK = "text-ink inline-flex min-h-9 items-center gap-[9px] no-underline";

/** The mark, the product's name, and whose house this is. */
export function Lockup({ href, owner }: Props) {
  const t = useTranslations("common");
  return (
    <BareLink href={href} className={`${LOOK} whitespace-nowrap`}>
      <Mark />
      <span className="text-h4 leading-6 font-semibold">{t("productName")}</span>
      {owner && (
        <span className="border-line-strong text-small text-ink-muted ml-px border-l pl-2.5 leading-4 max-[26rem]:hidden">
          {owner}
        </span>
      )}
    </BareLink>
  );
}

/** On a proof the house that issues it comes first, and nothing leads away. */
export function Letterhead({ owner }: { owner: string }) {
  const t = useTranslations("common");
  return (
    <p className={`${LOOK} text-ui w-full flex-wrap justify-between`}>
      <span className="text-h4 font-semibold">{owner}</span>
      <span className="text-ink-muted text-small inline-flex items-center gap-2">
        <Mark />
        {t("productName")}
      </span>
    </p>
  );
}

/** The character 告 as a seal. */
function Mark() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="block size-6 flex-none">
      <rect x=".5" y=".5" width="15" height="15" rx="2" className="fill-seal" />
      <path
        d="M5.1 3.1 4.3 5.1H11.2M8 2.9V7.6M3.1 7.6h9.8M5.1 10.1h5.8v2.9H5.1z"
        className="stroke-seal-ink fill-none"
        strokeWidth={1.25}
        strokeLinecap="square"
      />
    </svg>
  );
}
