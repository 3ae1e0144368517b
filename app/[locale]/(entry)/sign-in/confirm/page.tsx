import { getLocale, getTranslations } from "next-intl/server";

import { ReadingHead } from "@/components/layout/reading-page";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";

import { Destination } from "../_components/destination";
import { ExpiredMail, Missing } from "../_components/expired-mail";
import { readRequest } from "../_reads/request";
import { signInWithLink } from "../actions";

type Props = { searchParams: Promise<{ request?: string; token?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("access");
  return { title: t("confirm.title") };
}

/**
 * Where the mail's link leads. Opening it uses nothing up: mail scanners open links. The button does.
 * Wrong codes, which may be a stranger's, do not end it.
 */
export default async function ConfirmPage({ searchParams }: Props) {
  const { request: requestId = "", token = "" } = await searchParams;
  const [t, locale] = await Promise.all([getTranslations("access.confirm"), getLocale()]);
  const request = await readRequest(requestId);
  if (!request) return <Missing />;
  const { state } = request;
  if (state === "used" || state === "expired") return <ExpiredMail {...request} state={state} />;

  const isProof = request.purpose === "prove_address";

  return (
    <>
      <ReadingHead
        title={t(isProof ? "proveTitle" : "title")}
        lead={t(isProof ? "proveText" : "text", { email: request.maskedEmail })}
      />
      <Destination path={request.returnPath} />
      <ActionForm action={signInWithLink}>
        <input type="hidden" name="request" value={requestId} />
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="locale" value={locale} />
        <SubmitButton>{t(isProof ? "proveSubmit" : "submit")}</SubmitButton>
      </ActionForm>
    </>
  );
}
