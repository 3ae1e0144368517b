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
            { header: say("action"), cell: ({ action }) => t(`act.${action}`), nowrap: true },
            {
              header: say("doneAt"),
              cell: ({ doneAt }) => (doneAt ? <Time at={doneAt} form="table" /> : say("kept")),
              nowrap: true,
            },
            { header: say("result"), cell: (store) => <Result {...store} /> },
          ]}
        />
      </Section>
      {receipt.users.length > 0 && (
        <Section title={say("users.results")}>
          <Facts
            facts={receipt.users.flatMap(({ store, listHash, ...counts }) => [
              { term: t(`store.${store}`), value: say("users.counts", counts) },
              { term: say("users.hash"), value: <Hash value={listHash} full /> },
            ])}
          />
        </Section>
      )}
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

function Result({ result, holdReason, holdText, executor, backupsUntil }: Store) {
  const t = useTranslations("requests");
  const said = holdReason ? [t(`hold.${holdReason}`), holdText] : [result, executor];
  return (
    <bdi className="wrap-anywhere">
      {said.filter(Boolean).join(" · ")}
      {backupsUntil && (
        <span className="block">{t("receipt.backups", { date: backupsUntil })}</span>
      )}
    </bdi>
  );
}
