import { useTranslations } from "next-intl";

import { ReadingHead } from "@/components/layout/reading-page";
import { Banner } from "@/components/ui/banner";
import { buttonClass, ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { SignInPurpose } from "@/db/vocabulary/access";
import type { SignInState } from "@/domain/access/find-request";
import { at } from "@/lib/addresses";

import { Resend } from "./resend";

/** Where a mail of this purpose is asked for. */
const doorOf = (purpose: SignInPurpose) =>
  purpose === "prove_address" ? "/sign-in/prove" : "/sign-in";

type Props = {
  state: Exclude<SignInState, "open">;
  requestId: string;
  purpose: SignInPurpose;
  returnPath: string;
  secondsToNextMail: number;
  /** Until when a link works, as a time of day. */
  until: string;
  /** Who is signed in already, and where they may go on to. */
  signedIn: { name: string; path: string } | null;
};

/** A mail whose link or code can no longer be used: says which and why, and sends a new one from here. */
export function ExpiredMail({ state, until, signedIn, ...rest }: Props) {
  const t = useTranslations("access");
  return (
    <>
      <ReadingHead title={t(`ended.${state}.title`)} lead={t(`ended.${state}.text`, { until })} />
      {signedIn && (
        <div className="mb-6">
          <Banner
            tone="ok"
            actions={
              <a className={buttonClass({ size: "sm", variant: "primary" })} href={signedIn.path}>
                {t("ended.go")}
              </a>
            }
          >
            {t("ended.signedIn", { name: signedIn.name })}
          </Banner>
        </div>
      )}
      <Again {...rest} isFirst={!signedIn} />
    </>
  );
}

type AgainProps = Pick<Props, "requestId" | "purpose" | "returnPath" | "secondsToNextMail"> & {
  /** Where it is what the page is for. */
  isFirst?: boolean;
};

/** The same mail again, and apart from it another address. */
export function Again({ requestId, purpose, returnPath, secondsToNextMail, isFirst }: AgainProps) {
  const t = useTranslations("ui.resend");
  const other = at(doorOf(purpose), { return: returnPath });
  return (
    <div className="mt-8 flex flex-wrap items-start gap-x-6 gap-y-3">
      <Resend
        key={secondsToNextMail}
        requestId={requestId}
        seconds={secondsToNextMail}
        isFirst={isFirst ?? false}
      />
      <p className="text-ui py-2">
        <Link href={other}>{t("other")}</Link>
      </p>
    </div>
  );
}

/** A request nobody knows of. */
export function Missing() {
  const t = useTranslations("access");
  return (
    <>
      <ReadingHead title={t("ended.missing.title")} lead={t("ended.missing.text")} />
      <ButtonLink variant="primary" href="/sign-in">
        {t("ended.again")}
      </ButtonLink>
    </>
  );
}
