import { useLocale, useTranslations } from "next-intl";

import { CheckResultStatus } from "@/components/deregistrations/deregistration-status";
import { Banner } from "@/components/ui/banner";
import { Link, linkClass } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { DeregistrationCheck } from "@/db/vocabulary/deregistrations";
import { type CheckResult, stateOf } from "@/domain/deregistrations/rules";
import type { KnownOfService } from "@/domain/deregistrations/service-lines";
import { type Address, at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";

/** Where each of them is settled here; of the vendor's own lines the vendor's interface says where. */
const WAYS: Partial<Record<DeregistrationCheck, Address>> = {
  own_requests: "/requests",
  routed_requests: "/requests",
  live_apps: "/account",
  unanswered_versions: "/acknowledgements",
  security_advice: "/incidents",
  end_users_told: "/account",
};

type Props = { checks: readonly CheckResult[]; service: KnownOfService };

/** What is still open: from where that is known, the reason, and the way out. */
export function CheckList({ checks, service }: Props) {
  const t = useTranslations("deregistrations.own.checks");
  return (
    <Section title={t("title")} note={t("note")}>
      {service.isAway && (
        <div className="mb-4">
          <Banner tone="warn">{t("away")}</Banner>
        </div>
      )}
      <ul className="border-line-strong border-t">
        {checks.map((result) => (
          <Check key={result.check} result={result} asOf={service.asOf} />
        ))}
      </ul>
    </Section>
  );
}

function Check({ result, asOf }: { result: CheckResult; asOf: Date | null }) {
  const t = useTranslations("deregistrations.own.checks");
  const locale = useLocale();
  const { check, count, from } = result;
  const source =
    from === "service" && asOf
      ? t("from.service", { at: formatDateTime(asOf, locale) })
      : t(from === "owner" ? "from.owner" : "from.portal");
  return (
    <li className="border-line grid gap-x-4 gap-y-1 border-b py-3 sm:grid-cols-[8em_minmax(0,1fr)]">
      <CheckResultStatus state={stateOf(result)} />
      <div className="min-w-0">
        <p className="font-semibold">{t(`name.${check}`)}</p>
        <p className="text-ink-soft max-w-measure">{said(result, t)}</p>
        {(count > 0 || from === "owner") && <WayOut result={result} />}
        <p className="text-small text-ink-muted mt-1">{source}</p>
      </div>
    </li>
  );
}

type Words = ReturnType<typeof useTranslations<"deregistrations.own.checks">>;

function said({ check, count, from }: CheckResult, t: Words): string {
  if (from === "owner") return t(`word.${check}`);
  return count === 0 ? t(`none.${check}`) : t(`open.${check}`, { count });
}

/** Where it is settled, and which they are. */
function WayOut({ result: { check, numbers, url, from } }: { result: CheckResult }) {
  const t = useTranslations("deregistrations.own.checks");
  const href = WAYS[check];
  const isHere = from === "portal";
  if (!href && !url && numbers.length === 0) return null;
  return (
    <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
      {href && <Link href={href}>{t(`way.${check}`)}</Link>}
      {url && (
        <a href={url} rel="noopener noreferrer" className={linkClass()}>
          {t(`way.${check}`)}
        </a>
      )}
      {numbers.map((number) =>
        isHere ? (
          <Link key={number} href={requestHref(check, number)} className="tabular-nums">
            {number}
          </Link>
        ) : (
          <bdi key={number} className="wrap-anywhere tabular-nums">
            {number}
          </bdi>
        ),
      )}
    </p>
  );
}

const requestHref = (check: DeregistrationCheck, number: string): Address =>
  check === "routed_requests" ? at("/requests/*/answer", number) : at("/requests/*", number);
