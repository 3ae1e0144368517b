import { useLocale, useTranslations } from "next-intl";

import { ButtonForm } from "@/components/form/button-form";
import { UploadForm } from "@/components/form/upload-form";
import { Button } from "@/components/ui/button";
import { Hash } from "@/components/ui/hash";
import { MOST_FILE_BYTES } from "@/domain/requests/file-kind";
import { needsProof } from "@/domain/requests/filing-steps";
import type { Draft } from "@/domain/requests/read-draft";
import { at, withLanguage } from "@/lib/addresses";
import { formatFileSize } from "@/lib/format";
import { proofAction, removeFileAction } from "@/app/[locale]/(console)/requests/new/actions";

/** Proof, file by file: added, seen with its size and fingerprint, taken out again; then on to the check. */
export function ProofFiles({ draft }: { draft: Draft }) {
  const t = useTranslations("requests.filing.proof");
  const next = useTranslations("requests.filing");
  const locale = useLocale();
  const { capacity = "end_user" } = draft.answers;
  const why = capacity === "own" ? "own" : needsProof(draft.answers) ? capacity : "words";
  return (
    <>
      <p className="mb-5">{t(`why.${why}`)}</p>
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
              <ButtonForm action={removeFileAction}>
                <input type="hidden" name="draftId" value={draft.id} />
                <input type="hidden" name="fileId" value={id} />
                <Button type="submit" size="sm" aria-label={t("removeNamed", { name })}>
                  {t("remove")}
                </Button>
              </ButtonForm>
            </li>
          ))}
        </ul>
      )}
      <UploadForm
        action={proofAction}
        to={withLanguage(locale, at("/requests/drafts/*/files", draft.id))}
        name="file"
        label={t("label")}
        hint={
          <>
            {t("hint")}
            <span className="hidden noscript:inline">{t("hintTogether")}</span>
          </>
        }
        accept=".pdf,.png,.jpg,.jpeg,.docx,.txt"
        most={MOST_FILE_BYTES}
        submitLabel={next("next")}
      >
        <input type="hidden" name="draftId" value={draft.id} />
      </UploadForm>
    </>
  );
}
