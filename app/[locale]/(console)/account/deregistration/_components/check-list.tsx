import { useTranslations } from "next-intl";

import { CheckResultStatus } from "@/components/deregistrations/deregistration-status";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { DeregistrationCheck } from "@/db/vocabulary/deregistrations";
import { type CheckResult, stateOf } from "@/domain/deregistrations/rules";
import { type Address, at } from "@/lib/addresses";

/** Where each of them is settled. */
const WAYS: Record<DeregistrationCheck, Address> = {
  own_requests: "/requests",
  routed_requests: "/requests",
  live_apps: "/account",
  unanswered_versions: "/acknowledgements",
  security_advice: "/incidents",
};

/** What is still open: the reason, and the way out. */
export function CheckList({ checks }: { checks: readonly CheckResult[] }) {
  const t = useTranslations("deregistrations.own.checks");
  return (
    <Section title={t("title")} note={t("note")}>
      <ul className="border-line-strong border-t">
        {checks.map((result) => (
          <Check key={result.check} result={result} />
        ))}
      </ul>
    </Section>
  );
}

function Check({ result }: { result: CheckResult }) {
  const t = useTranslations("deregistrations.own.checks");
  const { check, count, numbers } = result;
  return (
    <li className="border-line grid gap-x-4 gap-y-1 border-b py-3 sm:grid-cols-[8em_minmax(0,1fr)]">
      <CheckResultStatus state={stateOf(result)} />
      <div className="min-w-0">
        <p className="font-semibold">{t(`name.${check}`)}</p>
        <p className="text-ink-soft max-w-measure">
          {count === 0 ? t(`none.${check}`) : t(`open.${check}`, { count })}
        </p>
        {count > 0 && (
          <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
            <Link href={WAYS[check]}>{t(`way.${check}`)}</Link>
            {numbers.map((number) => (
              <Link key={number} href={requestHref(check, number)} className="tabular-nums">
                {number}
              </Link>
            ))}
          </p>
        )}
      </div>
    </li>
  );
}

const requestHref = (check: DeregistrationCheck, number: string): Address =>
  check === "routed_requests" ? at("/requests/*/answer", number) : at("/requests/*", number);
