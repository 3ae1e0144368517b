import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { findSignInRequest } from "@/domain/access/find-request";
import { currentContext } from "@/server/session";

import { Destination } from "../_components/destination";
import { Ended } from "../_components/ended";
import { signInWithLink } from "../actions";

type Props = { searchParams: Promise<{ request?: string; token?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("access");
  return { title: t("confirm.title") };
}

/** Where the mail's link leads. Opening it uses nothing up: mail scanners open links. The button does. */
export default async function ConfirmPage({ searchParams }: Props) {
  const { request: requestId = "", token = "" } = await searchParams;
  const t = await getTranslations("access.confirm");
  const request = await findSignInRequest(await currentContext(), { requestId });
  if (!request) return <Ended returnPath="" />;
  if (request.hasEnded) return <Ended returnPath={request.returnPath} purpose={request.purpose} />;

  const isProof = request.purpose === "prove_address";

  return (
    <>
      <h1 className="text-h1 mb-3">{t(isProof ? "proveTitle" : "title")}</h1>
      <p className="text-ink-soft mb-8">
        {t(isProof ? "proveText" : "text", { email: request.maskedEmail })}
      </p>
      <Destination path={request.returnPath} />
      <ActionForm action={signInWithLink}>
        <input type="hidden" name="request" value={requestId} />
        <input type="hidden" name="token" value={token} />
        <SubmitButton size="lg">{t(isProof ? "proveSubmit" : "submit")}</SubmitButton>
      </ActionForm>
    </>
  );
}
