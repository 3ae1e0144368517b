import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";

import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Link } from "@/components/ui/link";
import { findSignInRequest } from "@/domain/access/find-request";
import { currentContext } from "@/server/session";

import { Destination } from "../_components/destination";
import { doorOf, Ended } from "../_components/ended";
import { signInWithCode } from "../actions";

type Props = { searchParams: Promise<{ request?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("access");
  return { title: t("code.title") };
}

export default async function CodePage({ searchParams }: Props) {
  const { request: requestId = "" } = await searchParams;
  const [t, locale] = await Promise.all([getTranslations("access"), getLocale()]);
  const request = await findSignInRequest(await currentContext(), { requestId });
  if (!request) redirect(`/${locale}/sign-in`);
  if (request.hasEnded) return <Ended returnPath={request.returnPath} purpose={request.purpose} />;

  const isProof = request.purpose === "prove_address";

  return (
    <>
      <h1 className="text-h1 mb-3">{t("code.title")}</h1>
      <p className="text-ink-soft mb-2">
        {t(isProof ? "prove.sent" : "code.sent", { email: request.maskedEmail })}
      </p>
      <p className="text-ink-muted text-ui mb-8">{t("code.spam")}</p>
      <Destination path={request.returnPath} />
      <ActionForm action={signInWithCode}>
        <input type="hidden" name="request" value={requestId} />
        <TextField
          name="code"
          label={t("code.label")}
          hint={t("code.hint")}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={20}
          required
          className="font-mono tracking-widest"
        />
        <div className="mt-6">
          <SubmitButton size="lg">{t(isProof ? "prove.submit" : "code.submit")}</SubmitButton>
        </div>
      </ActionForm>
      <p className="text-ui mt-6">
        <Link href={`${doorOf(request.purpose)}?return=${encodeURIComponent(request.returnPath)}`}>
          {t("code.again")}
        </Link>
      </p>
    </>
  );
}
