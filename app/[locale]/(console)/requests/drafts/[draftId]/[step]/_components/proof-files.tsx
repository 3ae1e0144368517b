import { useLocale, useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { FileField } from "@/components/form/file-field";
import { SubmitButton } from "@/components/form/submit-button";
import { Button, ButtonLink } from "@/components/ui/button";
import { Hash } from "@/components/ui/hash";
import { needsProof } from "@/domain/requests/filing-steps";
import type { Draft } from "@/domain/requests/read-draft";
import { formatFileSize } from "@/lib/format";

import { addFileAction, removeFileAction } from "@/app/[locale]/(console)/requests/new/actions";

/** Proof, file by file: added, seen with its size and fingerprint, taken out again. */
export function ProofFiles({ draft }: { draft: Draft }) {
  const t = useTranslations("filing.proof");
  const next = useTranslations("filing");
  const locale = useLocale();
  const { capacity } = draft.answers;
  return (
    <>
      <p className="mb-5">
        {t(needsProof(capacity) ? `why.${capacity ?? "end_user"}` : "why.own")}
      </p>
      {draft.files.length > 0 && (
        <ul className="border-line mb-6 border-t" aria-label={t("files")}>
          {draft.files.map(({ id, name, size, sha256 }) => (
            <li key={id} className="border-line flex flex-wrap gap-x-4 gap-y-1 border-b py-2.5">
              <div className="min-w-0 flex-1">
                <p className="font-semibold break-words">
                  <bdi>{name}</bdi>
                </p>
                <p className="text-small text-ink-muted">
                  {formatFileSize(size, locale)} · <Hash value={sha256} />
                </p>
              </div>
              <form action={removeFileAction}>
                <input type="hidden" name="draftId" value={draft.id} />
                <input type="hidden" name="fileId" value={id} />
                <Button type="submit" size="sm" aria-label={t("removeNamed", { name })}>
                  {t("remove")}
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <ActionForm action={addFileAction} resetOnDone label={t("add")}>
        <input type="hidden" name="draftId" value={draft.id} />
        <FileField
          name="file"
          label={t("label")}
          hint={t("hint")}
          accept=".pdf,.png,.jpg,.jpeg,.docx,.txt"
        />
        <div className="mt-4">
          <SubmitButton variant="outline">{t("add")}</SubmitButton>
        </div>
      </ActionForm>
      <div className="mt-8">
        <ButtonLink
          href={`/requests/drafts/${draft.id}/check`}
          variant="primary"
          size="lg"
          prefetch={false}
        >
          {next("next")}
        </ButtonLink>
      </div>
    </>
  );
}
