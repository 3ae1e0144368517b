import { useTranslations } from "next-intl";

import { Section } from "@/components/ui/section";
import { Status, type StatusTone } from "@/components/ui/status";
import { CellNote, Table } from "@/components/ui/table";
import { type RecordState, SENDER_RECORDS, type SenderDomain } from "@/lib/sender-domain";

const TONES: Record<RecordState["state"], StatusTone> = {
  ...{ found: "ok", wrong: "danger", missing: "danger", unasked: "warn" },
};
const NAMES = { spf: "SPF", dkim: "DKIM", dmarc: "DMARC" };

/** Whether mailbox services can tell that the portal's mails are genuine, and what to do where they cannot. */
export function SenderDomainStatus({ domain }: { domain: SenderDomain | null }) {
  const t = useTranslations("broadcasts.senderDomain");
  return (
    <Section title={t("title")}>
      <p className="max-w-measure mb-4">
        {domain ? t("lead", { domain: domain.domain }) : t("elsewhere")}
      </p>
      {domain && (
        <Table
          caption={t("title")}
          rows={SENDER_RECORDS}
          rowKey={(record) => record}
          columns={[
            {
              header: t("record"),
              rowHeader: true,
              cell: (record) => (
                <>
                  {NAMES[record]}
                  <CellNote>{t(`purpose.${record}`)}</CellNote>
                </>
              ),
            },
            {
              header: t("state"),
              nowrap: true,
              cell: (record) => {
                const { state } = domain[record];
                return <Status tone={TONES[state]}>{t(`is.${state}`)}</Status>;
              },
            },
            {
              header: t("todo"),
              cell: (record) => <Todo record={record} {...{ of: domain[record] }} />,
            },
          ]}
        />
      )}
    </Section>
  );
}

/** What stands in the name service, and what whoever runs the portal does about it. */
function Todo({ record, of }: { record: (typeof SENDER_RECORDS)[number]; of: RecordState }) {
  const t = useTranslations("broadcasts.senderDomain");
  return (
    <>
      {of.state === "found" && t("nothing")}
      {of.state === "missing" && t(`missing.${record}`)}
      {of.state === "wrong" && t(`wrong.${record}`)}
      {of.state === "unasked" && t("again", { why: of.why })}
      <CellNote>
        <code className="font-mono wrap-anywhere">
          {of.name}
          {"text" in of && `: ${of.text}`}
        </code>
      </CellNote>
    </>
  );
}
