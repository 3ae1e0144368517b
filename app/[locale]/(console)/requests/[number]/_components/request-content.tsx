import { useLocale, useTranslations } from "next-intl";

import { Prose } from "@/components/broadcasts/broadcast-facts";
import { useDetailFacts } from "@/components/requests/detail-words";
import { Facts } from "@/components/ui/facts";
import { linkClass } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { OwnRequest } from "@/domain/requests/read-own";
import { at, withLanguage } from "@/lib/addresses";
import { formatFileSize } from "@/lib/format";

const SHOWN = 20;

/** What was asked for, as it was filed. */
export function RequestContent({ request }: { request: OwnRequest }) {
  const t = useTranslations("requests.filing");
  const locale = useLocale();
  const { account, app, subjects, files, number } = request;
  const place = account
    ? [account.name, app && `${app.name} ${app.sdkAppId}`].filter(Boolean).join(" · ")
    : request.appName;
  const grounds = useGrounds(request);
  const written = useWritten(request);
  const row = (term: string, value: React.ReactNode) => ({ term, value });
  return (
    <Section title={t("asked.title")}>
      <Facts
        isAside
        facts={[
          row(t("list.received"), <Time at={request.receivedAt} form="table" />),
          ...(request.stopOrderedAt
            ? [
                row(t("asked.stopOrdered"), <Time at={request.stopOrderedAt} form="table" />),
                row(t("asked.stopConfirmed"), <Stop request={request} />),
              ]
            : []),
          ...(place
            ? [row(t(`check.terms.${account ? "account" : "app"}`), <bdi>{place}</bdi>)]
            : []),
          ...grounds.map((text) => row(t("check.terms.ground"), text)),
          ...written,
          ...(subjects.length > 0
            ? [
                row(
                  t("asked.subjects", { count: subjects.length }),
                  <bdi className="font-mono break-words">
                    <Prose text={subjects.slice(0, SHOWN).join("\n")} />
                    {subjects.length > SHOWN && ` … (+${subjects.length - SHOWN})`}
                  </bdi>,
                ),
              ]
            : []),
          ...(files.length > 0
            ? [
                row(
                  t("check.terms.proof"),
                  <ul>
                    {files.map(({ id, name, size }) => (
                      <li key={id}>
                        <a
                          href={withLanguage(locale, at("/requests/*/files/*", number, id))}
                          className={linkClass()}
                        >
                          <bdi>{name}</bdi>
                        </a>{" "}
                        <span className="text-ink-muted">{formatFileSize(size, locale)}</span>
                      </li>
                    ))}
                  </ul>,
                ),
              ]
            : []),
        ]}
      />
    </Section>
  );
}

/** What the form asked, what was written besides, and whose law applies. */
function useWritten({ details, facts, region }: OwnRequest) {
  const t = useTranslations("requests.filing");
  const asked = useDetailFacts(details);
  const words = (
    <bdi className="break-words">
      <Prose text={facts} />
    </bdi>
  );
  return [
    ...asked,
    ...(facts.trim() ? [{ term: t("check.terms.facts"), value: words }] : []),
    ...(region ? [{ term: t("region.label"), value: t(`region.of.${region}`) }] : []),
  ];
}

/** Why a deletion is asked for, also where its requester left that to the handler (P32). */
function useGrounds({ type, ground }: OwnRequest): string[] {
  const t = useTranslations("requests.filing.ground.choices");
  return type === "delete" ? [t(ground ?? "unsure")] : [];
}

/** What was stopped and when, once a person has said so; until then nothing is claimed (P38). */
function Stop({ request }: { request: OwnRequest }) {
  const t = useTranslations("requests.filing.asked");
  const { stoppedAt, stopConfirmedAt, stopWords } = request;
  if (!stoppedAt || !stopConfirmedAt) return t("stopPending");
  return (
    <>
      <Time at={stopConfirmedAt} form="table" />
      <span className="block">
        {t("stoppedAt")} <Time at={stoppedAt} form="table" />
      </span>
      <bdi className="block break-words">
        <Prose text={stopWords ?? ""} />
      </bdi>
    </>
  );
}
