import { useTranslations } from "next-intl";

import { Facts } from "@/components/ui/facts";
import { Hash, HashStatus } from "@/components/ui/hash";
import { Section } from "@/components/ui/section";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { type DeletionReceipt } from "@/domain/requests/receipt";

type Store = DeletionReceipt["stores"][number];

/** What became of the data, store by store (P10, P32), or is kept and why (P14); the same for requester and desk. */
export function DeletionResults({ receipt }: { receipt: DeletionReceipt }) {
  const t = useTranslations("requests");
  const say = useTranslations("requests.receipt");
  return (
    <>
      <Facts
        facts={[
          {
            term: say("request"),
            value: say("requestText", {
              number: receipt.requestNumber,
              type: t(`type.${receipt.type}`),
            }),
          },
          { term: say("decision"), value: t(`outcome.${receipt.decision}`) },
          {
            term: say("subjects"),
            value: say("subjectsText", { count: receipt.subjectCount }),
          },
          { term: say("received"), value: <Time at={receipt.receivedAt} form="full" /> },
          { term: say("issued"), value: <Time at={receipt.issuedAt} form="full" /> },
        ]}
      />
      <Section title={say("stores")}>
        <Table
          caption={say("stores")}
          rows={receipt.stores}
          rowKey={({ store }) => store}
          columns={[
            {
              header: say("store"),
              cell: ({ store }) => t(`store.${store}`),
              rowHeader: true,
              nowrap: true,
            },
            { header: say("action"), cell: ({ action }) => t(`act.${action}`) },
            {
              header: say("doneAt"),
              cell: ({ doneAt }) => (doneAt ? <Time at={doneAt} form="table" /> : say("kept")),
              nowrap: true,
            },
            { header: say("result"), cell: (store) => <Result {...store} /> },
          ]}
        />
      </Section>
    </>
  );
}

/** Whether that is still what was issued. */
export function DeletionFingerprint({ receipt }: { receipt: DeletionReceipt }) {
  const t = useTranslations("requests.receipt");
  return (
    <Section title={t("hash")}>
      <Hash value={receipt.factsHash} full />
      <p className="mt-2">
        <HashStatus isSame={receipt.isUnchanged}>
          {t(receipt.isUnchanged ? "unchanged" : "changed")}
        </HashStatus>
      </p>
      <p className="text-ink-muted text-small max-w-measure mt-2">{t("proof")}</p>
    </Section>
  );
}

function Result({ result, holdReason, holdText }: Store) {
  const t = useTranslations("requests.hold");
  return (
    <bdi className="wrap-anywhere">
      {holdReason ? [t(holdReason), holdText].filter(Boolean).join(" · ") : result}
    </bdi>
  );
}
