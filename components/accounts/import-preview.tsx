import { useTranslations } from "next-intl";

import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { SubmitBar } from "@/components/ui/submit-bar";
import { type Column, Table } from "@/components/ui/table";
import { type ImportPreview as Preview } from "@/domain/accounts/import-preview";
import { at } from "@/lib/addresses";

import { useMessage } from "../form/use-message";
import { ImportChanges } from "./import-changes";

type Problem = Preview["problems"][number];

/** What a file would change, with the button that writes it; or everything that is wrong with it. */
export function ImportPreview({ preview }: { preview: Preview }) {
  const t = useTranslations("accounts.import");
  const { kind, encoding, ignored, added, changed, unchanged, problemCount } = preview;
  return (
    <>
      <div className="grid gap-2">
        {problemCount > 0 ? (
          <Banner tone="danger" role="status" title={t("problemTitle", { count: problemCount })}>
            {t("problemText")}
          </Banner>
        ) : (
          <Banner role="status">{t("summary", { added, changed, unchanged })}</Banner>
        )}
        <p className="text-small text-ink-muted">
          {t("read", { kind: t(`kind.${kind}`), encoding: t(`encoding.${encoding}`) })}
          {ignored.length > 0 && <> {t("ignored", { columns: ignored.join(t("separator")) })}</>}
        </p>
      </div>
      {problemCount > 0 ? <Problems preview={preview} /> : <Changes preview={preview} />}
    </>
  );
}

function Changes({ preview }: { preview: Preview }) {
  const t = useTranslations("accounts.import");
  const { added, changed, unchanged, fileHash, planHash, rows } = preview;
  const count = added + changed;
  if (count === 0)
    return <EmptyState title={t("nothing")}>{t("nothingText", { count: unchanged })}</EmptyState>;
  return (
    <>
      <Section title={t("changes")}>
        <ImportChanges preview={preview} />
        {count > rows.length && (
          <p className="text-ink-muted mt-2">{t("moreChanges", { count: count - rows.length })}</p>
        )}
      </Section>
      <input type="hidden" name="fileHash" value={fileHash} />
      <input type="hidden" name="planHash" value={planHash} />
      <p className="mt-4 hidden noscript:block">{t("chooseAgain")}</p>
      <SubmitBar note={t("confirmNote")}>
        <SubmitButton name="step" value="import">
          {t("confirm", { count })}
        </SubmitButton>
      </SubmitBar>
    </>
  );
}

function Problems({ preview: { kind, problems, problemCount } }: { preview: Preview }) {
  const t = useTranslations("accounts.import");
  const person = useTranslations("accounts.detail");
  const say = useMessage();
  const headed = (column: NonNullable<Problem["column"]>) =>
    kind === "members" && column === "name" ? person("name") : t(`columns.${column}`);
  const columns: Column<Problem>[] = [
    { header: t("line"), align: "end", cell: ({ line }) => line },
    { header: t("column"), nowrap: true, cell: ({ column }) => column && headed(column) },
    { header: t("problem"), cell: ({ messageKey, values }) => say(messageKey, values) },
    {
      header: t("found"),
      cell: ({ found }) => found && <code className="text-small wrap-anywhere">{found}</code>,
    },
  ];
  return (
    <Section title={t("problems")}>
      <Table
        caption={t("problems")}
        compact
        rows={problems}
        rowKey={({ line, column, messageKey }) => `${line} ${column} ${messageKey}`}
        columns={columns}
      />
      {problemCount > problems.length && (
        <p className="text-ink-muted mt-2">
          {t("moreProblems", { count: problemCount - problems.length })}
        </p>
      )}
    </Section>
  );
}

type Props = {
  result: { added: number; changed: number; importId: string | null };
  /** Whether the reader may look at the record. */
  canReadRecord: boolean;
};

export function ImportDone({ result: { added, changed, importId }, canReadRecord }: Props) {
  const t = useTranslations("accounts.import");
  return (
    <Banner
      tone="ok"
      role="status"
      actions={
        <>
          <ButtonLink size="sm" href="/ops/accounts">
            {t("toList")}
          </ButtonLink>
          {importId && canReadRecord && (
            <ButtonLink size="sm" href={at("/ops/audit", { importId })}>
              {t("toRecord")}
            </ButtonLink>
          )}
        </>
      }
    >
      {importId ? t("done", { added, changed }) : t("doneNothing")}
    </Banner>
  );
}
