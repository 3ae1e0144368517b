import { useTranslations } from "next-intl";

import { type Address } from "@/lib/addresses";
import { Link } from "@/messages/navigation";

type Props = { href: Address; owner?: string | undefined };

/** The mark, the product's name, and whose house this is. */
export function Lockup({ href, owner }: Props) {
  const t = useTranslations("common");
  return (
    <Link
      href={href}
      className="text-ink inline-flex min-h-9 items-center gap-[9px] whitespace-nowrap no-underline"
    >
      <Mark />
      <span className="text-h4 leading-6 font-semibold">{t("productName")}</span>
      {owner && (
        <span className="border-line-strong text-small text-ink-muted ml-px border-l pl-2.5 leading-4 max-[26rem]:hidden">
          {owner}
        </span>
      )}
    </Link>
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
