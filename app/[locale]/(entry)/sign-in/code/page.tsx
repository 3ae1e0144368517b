import { getLocale, getTranslations } from "next-intl/server";

import { ReadingHead } from "@/components/layout/reading-page";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { formatDateTime } from "@/lib/format";

import { CodeField } from "../_components/code-field";
import { Destination } from "../_components/destination";
import { Again, ExpiredMail, Missing } from "../_components/expired-mail";
import { readRequest } from "../_reads/request";
import { signInWithCode } from "../actions";

type Props = { searchParams: Promise<{ request?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("access");
  return { title: t("code.title") };
}

/** Takes the code of the mail, in the browser that asked for it; elsewhere the link is the way. */
export default async function CodePage({ searchParams }: Props) {
  const { request: requestId = "" } = await searchParams;
  const [t, locale] = await Promise.all([getTranslations("access"), getLocale()]);
  const request = await readRequest(requestId);
  if (!request) return <Missing />;
  const { state, purpose, returnPath, maskedEmail, expiresAt } = request;
  if (state !== "open") return <ExpiredMail {...request} state={state} />;

  const isProof = purpose === "prove_address";
  const until = formatDateTime(expiresAt, locale);
  return (
    <>
      <ReadingHead
        title={t("code.title")}
        lead={
          <>
            <p>{t(isProof ? "prove.sent" : "code.sent", { email: maskedEmail, until })}</p>
            <p className="text-ink-muted text-ui mt-2">{t("code.spam")}</p>
          </>
        }
      />
      <Destination path={returnPath} />
      {request.isOfThisBrowser ? (
        <ActionForm action={signInWithCode}>
          <input type="hidden" name="request" value={requestId} />
          <input type="hidden" name="locale" value={locale} />
          <CodeField
            label={t("code.label")}
            hint={t("code.hint")}
            inputMode="numeric"
            maxLength={20}
            digitGroup={4}
          />
          <div className="mt-6">
            <SubmitButton>{t(isProof ? "prove.submit" : "code.submit")}</SubmitButton>
          </div>
        </ActionForm>
      ) : (
        <Banner tone="info" title={t("code.elsewhere.title")}>
          {t("code.elsewhere.text")}
        </Banner>
      )}
      <Again {...request} />
    </>
  );
}
