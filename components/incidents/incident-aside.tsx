import { Fragment } from "react";
import { useLocale, useTranslations } from "next-intl";

import { Facts } from "@/components/ui/facts";
import { Time } from "@/components/ui/time";
import type { IncidentNoticeFacts } from "@/domain/broadcasts/facts";
import { localized } from "@/lib/localized";

import { Prose } from "../broadcasts/broadcast-facts";

const MOMENTS = [
  "occurredAt",
  "discoveredAt",
  "containmentBegunAt",
  "containedAt",
  "resolvedAt",
] as const;

type Props = { facts: IncidentNoticeFacts; product: string; isAside?: boolean };

/** What is known of the incident, as it was last told. */
export function IncidentFacts({ facts, product, isAside = false }: Props) {
  const t = useTranslations("notices");
  const words = useTranslations("incidents.page");
  const locale = useLocale();
  const said = (texts: IncidentNoticeFacts["cause"]) => {
    const { text, locale: language } = localized(texts, locale);
    return (
      <span lang={language === locale ? undefined : language}>
        <Prose text={text} />
      </span>
    );
  };
  return (
    <Facts
      isAside={isAside}
      facts={[
        { term: t("told.number"), value: facts.incidentNumber },
        { term: words("product"), value: product },
        ...MOMENTS.flatMap((moment) => {
          const at = facts[moment];
          return at
            ? [{ term: t(`told.${moment}`), value: <Time key={moment} at={at} form="table" /> }]
            : [];
        }),
        { term: t("told.dataKinds"), value: said(facts.dataKinds) },
        { term: t("told.cause"), value: said(facts.cause) },
        { term: t("told.contact"), value: <Contact address={facts.contact} /> },
      ]}
    />
  );
}

/** Breaks behind the @ before it breaks anywhere else. */
function Contact({ address }: { address: string }) {
  const parts = address.split(/(?<=@)/);
  return (
    <span className="wrap-anywhere">
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
