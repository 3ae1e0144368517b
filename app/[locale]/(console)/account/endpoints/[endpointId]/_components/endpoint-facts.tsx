import { useTranslations } from "next-intl";

import { CopyButton } from "@/components/ui/copy-button";
import { Facts } from "@/components/ui/facts";
import { linkClass } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { OwnEndpoint } from "@/domain/endpoints/find";

/** What an endpoint is; address and secret for who may manage it. */
export function EndpointFacts({ endpoint }: { endpoint: OwnEndpoint }) {
  const t = useTranslations("endpoints");
  const { channel, address, host, addedAt, canManage, endedAt, secretKind } = endpoint;
  const isSigned = secretKind === "made" && !endedAt;
  return (
    <>
      <Facts
        facts={[
          { term: t("list.channel"), value: t(`channel.${channel}`) },
          {
            term: t("page.address"),
            value: <span className="wrap-anywhere">{address ?? host}</span>,
          },
          ...(endedAt ? [] : [{ term: t("page.secret"), value: <Secret endpoint={endpoint} /> }]),
          { term: t("page.added"), value: <Time at={addedAt} /> },
        ]}
      />
      {isSigned && canManage && (
        <details className="max-w-measure mt-3">
          <summary className={`${linkClass()} text-small inline-block max-md:py-2`}>
            {t("page.verify")}
          </summary>
          <p className="text-small text-ink-muted mt-2">{t("page.verifyText")}</p>
        </details>
      )}
    </>
  );
}

function Secret({ endpoint }: { endpoint: OwnEndpoint }) {
  const t = useTranslations("endpoints.page");
  const { secret, secretKind, canManage, bothSecretsUntil } = endpoint;
  if (!canManage) return t("hidden");
  if (secretKind !== "made") return t(secretKind === "none" ? "secretNone" : "secretGiven");
  return (
    <>
      <details>
        <summary className={`${linkClass()} inline-block max-md:py-2`}>{t("secretShow")}</summary>
        <span className="flex items-start gap-2">
          <code className="min-w-0 wrap-anywhere">{secret}</code>
          {secret && <CopyButton text={secret} label={t("secret")} />}
        </span>
      </details>
      {bothSecretsUntil && (
        <span className="text-small text-ink-muted block">
          {t.rich("secretBoth", { at: () => <Time at={bothSecretsUntil} /> })}
        </span>
      )}
    </>
  );
}
