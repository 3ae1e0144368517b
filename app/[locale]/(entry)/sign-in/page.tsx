import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";

import { ReadingHead } from "@/components/layout/reading-page";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { listDemoPeople } from "@/domain/access/sign-in-as";
import { at, withLanguage } from "@/lib/addresses";
import { env } from "@/lib/env";
import { safeReturnPath } from "@/lib/return-path";
import { landing, readRefusal } from "@/server/oidc-landing";
import { hasSessionEnded, visitorContext } from "@/server/session";

import { DemoPeople } from "./_components/demo-people";
import { Destination } from "./_components/destination";
import { EmailField } from "./_components/email-field";
import { OidcButton } from "./_components/oidc-button";
import { requestSignInMail } from "./actions";

type Props = { searchParams: Promise<{ return?: string; error?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("access");
  return { title: t("signIn.title") };
}

export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const [t, locale, ctx] = await Promise.all([
    getTranslations("access"),
    getLocale(),
    visitorContext(),
  ]);
  const returnPath = safeReturnPath(query.return, "");
  const { OIDC_ISSUER, OIDC_NAME } = env();

  return (
    <>
      <ReadingHead title={t("signIn.title")} lead={t("signIn.lead")} />
      {(await hasSessionEnded()) && (
        <div className="mb-6">
          <Banner tone="info">{t("signIn.ended")}</Banner>
        </div>
      )}
      <Destination path={returnPath} />
      {query.error && OIDC_ISSUER && (
        <div className="mb-6">
          <Banner tone="danger" role="alert">
            {t(`signIn.refused.${readRefusal(query.error)}`, { provider: OIDC_NAME })}
          </Banner>
        </div>
      )}
      <ActionForm action={requestSignInMail}>
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="return" value={returnPath} />
        <EmailField
          label={t("signIn.email")}
          hint={t("signIn.emailHint")}
          autoComplete="username"
        />
        <div className="mt-6">
          <SubmitButton>{t("signIn.send")}</SubmitButton>
        </div>
      </ActionForm>
      {OIDC_ISSUER && (
        <OidcButton
          label={t("signIn.provider", { provider: OIDC_NAME })}
          landing={landing(locale, returnPath)}
          failed={t("signIn.refused.failed", { provider: OIDC_NAME })}
        />
      )}
      <EndUserDoor returnPath={returnPath} />
      <DemoPeople people={await listDemoPeople(ctx, {})} returnPath={returnPath} />
    </>
  );
}

/** What somebody without an account has here: their requests, and messages about them. */
const GUEST_ROOMS = /^\/[^/]+\/(requests|inbox)(?:[/?#]|$)/;

/** The other door, for who has no account: it keeps where they wanted to go, if that is theirs. */
function EndUserDoor({ returnPath }: { returnPath: string }) {
  const t = useTranslations("access.signIn");
  const locale = useLocale();
  const wanted = GUEST_ROOMS.test(returnPath) ? returnPath : withLanguage(locale, "/requests/new");
  return (
    <p className="text-ui text-ink-muted mt-6">
      {t("endUser")} <Link href={at("/sign-in/prove", { return: wanted })}>{t("endUserOpen")}</Link>
    </p>
  );
}
