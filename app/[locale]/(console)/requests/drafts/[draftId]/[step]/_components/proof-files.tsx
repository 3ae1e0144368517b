import { getLocale, getTranslations } from "next-intl/server";

import { ButtonForm } from "@/components/form/button-form";
import { UploadForm } from "@/components/form/upload-form";
import { Button } from "@/components/ui/button";
import { Hash } from "@/components/ui/hash";
import { linkClass } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { Context } from "@/domain/context";
import { listReusable } from "@/domain/requests/draft-files";
import { MOST_FILE_BYTES, MOST_FILES } from "@/domain/requests/file-kind";
import { needsProof } from "@/domain/requests/filing-steps";
import type { Draft } from "@/domain/requests/read-draft";
import { at, withLanguage } from "@/lib/addresses";
import { formatFileSize } from "@/lib/format";
import {
  proofAction,
  removeFileAction,
  reuseFileAction,
} from "@/app/[locale]/(console)/requests/new/actions";

type Props = { ctx: Context; draft: Draft };

/** Proof, file by file: added, seen with its size and fingerprint, taken out again; then on to the check. */
export async function ProofFiles({ ctx, draft }: Props) {
  const [t, next, locale] = await Promise.all([
    getTranslations("requests.filing.proof"),
    getTranslations("requests.filing"),
    getLocale(),
  ]);
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
      <Earlier ctx={ctx} draft={draft} />
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
        accept=".pdf,.png,.jpg,.jpeg,.docx,.txt,image/png,image/jpeg"
        most={MOST_FILE_BYTES}
        submitLabel={next("next")}
      >
        <input type="hidden" name="draftId" value={draft.id} />
      </UploadForm>
    </>
  );
}

/** What the writer brought with earlier requests, to be brought again; nothing where there is none. */
async function Earlier({ ctx, draft }: Props) {
  const earlier = await listReusable(ctx, { draftId: draft.id });
  if (earlier.length === 0 || draft.files.length >= MOST_FILES) return null;
  const [t, locale] = await Promise.all([getTranslations("requests.filing.proof"), getLocale()]);
  return (
    <details className="mb-6">
      <summary className={`${linkClass()} inline-block max-md:py-2`}>{t("earlier")}</summary>
      <ul className="border-line mt-2 border-t">
        {earlier.map(({ id, name, size, uploadedAt }) => (
          <li
            key={id}
            className="border-line flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2.5"
          >
            <div className="min-w-0 flex-1">
              <p className="wrap-anywhere">
                <bdi>{name}</bdi>
              </p>
              <p className="text-small text-ink-muted">
                {formatFileSize(size, locale)} · <Time at={uploadedAt} form="table" />
              </p>
            </div>
            <ButtonForm action={reuseFileAction}>
              <input type="hidden" name="draftId" value={draft.id} />
              <input type="hidden" name="fileId" value={id} />
              <Button type="submit" size="sm" aria-label={t("reuseNamed", { name })}>
                {t("reuse")}
              </Button>
            </ButtonForm>
          </li>
        ))}
      </ul>
    </details>
  );
}
