import { getLocale, getTranslations } from "next-intl/server";

import { endOtherSessionsAction } from "@/app/[locale]/(console)/settings/actions";
import { ReadingHead } from "@/components/layout/reading-page";
import { ActionForm } from "@/components/form/action-form";
import { ButtonForm } from "@/components/form/button-form";
import { PasskeyButton } from "@/components/form/passkey-button";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { PrintButton } from "@/components/ui/print-button";
import { Link, linkClass } from "@/components/ui/link";
import { readOwnFactors } from "@/domain/access/factors";
import { hasFreshFactor } from "@/domain/access/fresh-factor";
import { listOwnSessions } from "@/domain/access/own-sessions";
import { at, withLanguage } from "@/lib/addresses";
import { env } from "@/lib/env";
import { safeReturnPath } from "@/lib/return-path";
import { redirectTo } from "@/server/redirect";
import { doorContext } from "@/server/session";
import { destinationOf } from "@/server/sign-in";

import { CodeField } from "../_components/code-field";
import {
  askPasskeyAction,
  makeCodesAction,
  proveFactorAction,
  proveInDemoAction,
  provePasskeyAction,
} from "./actions";
import { AddApp, AddPasskey } from "./add-factor";
import { Hidden, type Landing } from "./hidden";

type Props = { searchParams: Promise<{ return?: string | string[]; step?: string | string[] }> };
type Own = Awaited<ReturnType<typeof readOwnFactors>>;

const STEPS = ["add", "passkey", "codes", "sessions"] as const;

export async function generateMetadata() {
  const t = await getTranslations("access.factor");
  return { title: t("title") };
}

/** Proves the second factor, or sets one up; what is asked depends on what the session opens. */
export default async function FactorPage({ searchParams }: Props) {
  const given = await searchParams;
  const [locale, { ctx, person }] = await Promise.all([getLocale(), doorContext()]);
  const returnPath = safeReturnPath(String(given.return ?? ""), "");
  if (!person) return redirectTo(at("/sign-in", { return: returnPath }));

  const { standing } = person;
  const own = await readOwnFactors(ctx, {});
  const step = STEPS.find((known) => known === given.step) ?? null;
  const isSettingUp = standing === "enrol" || (standing === "open" && step !== null);
  if (!isSettingUp) return <Prove locale={locale} returnPath={returnPath} own={own} />;
  if (!hasFreshFactor(ctx)) {
    const here = withLanguage(locale, at("/sign-in/factor", { step, return: returnPath }));
    return <Prove locale={locale} returnPath={here} own={own} />;
  }
  const sessions = await listOwnSessions(ctx, {});
  const onward = destinationOf(person, { locale, returnPath });
  const isDue = standing === "enrol";
  return (
    <SetUp {...{ locale, returnPath, own, step, isDue, onward }} others={sessions.length - 1} />
  );
}

type SetUpProps = Landing & {
  own: Own;
  step: (typeof STEPS)[number] | null;
  isDue: boolean;
  others: number;
  onward: string;
};

/** What a change leads on to: the recovery codes, then where else the person is signed in. */
function SetUp({ own, step, isDue, others, onward, ...landing }: SetUpProps) {
  const { locale, returnPath: back } = landing;
  if (step === "sessions" && !isDue) return <OtherSessions others={others} onward={onward} />;
  if (step === "codes" && own.factors.length > 0) {
    const next = withLanguage(locale, at("/sign-in/factor", { step: "sessions", return: back }));
    return <RecoveryCodes own={own} onward={others > 0 ? next : onward} />;
  }
  if (step === "add") return <AddApp {...landing} start={own.start} isDue={isDue} />;
  return <AddPasskey {...landing} isDue={isDue} />;
}

async function Prove({ own, ...landing }: Landing & { own: Own }) {
  const t = await getTranslations("access.factor.prove");
  const isKnown = own.factors.length > 0;
  return (
    <>
      <ReadingHead title={t("title")} lead={<p>{t(isKnown ? "lead" : "leadWithout")}</p>} />
      {isKnown && <Proofs {...landing} own={own} />}
      {env().demoSignIn && (
        <ActionForm action={proveInDemoAction} className="mt-6">
          <Hidden {...landing} />
          <p className="text-ink-muted mb-3">{t("demo")}</p>
          <SubmitButton variant={isKnown ? "outline" : "primary"}>{t("demoSubmit")}</SubmitButton>
        </ActionForm>
      )}
      <p className="text-ui text-ink-muted mt-8">
        {isKnown && t("lost")}{" "}
        <Link href={at("/sign-in", { return: landing.returnPath })}>{t("again")}</Link>
      </p>
    </>
  );
}

/** The ways that this person has. */
async function Proofs({ own: { factors, codesLeft }, ...landing }: Landing & { own: Own }) {
  const t = await getTranslations("access.factor.prove");
  const [hasPasskey, hasApp] = (["passkey", "app"] as const).map((kind) =>
    factors.some((own) => own.kind === kind),
  );
  const takesCodes = hasApp || codesLeft > 0;
  return (
    <>
      {hasPasskey && (
        <ActionForm action={provePasskeyAction} label={t("passkey")}>
          <Hidden {...landing} />
          <p className="text-ink-muted mb-3 noscript:hidden">{t("passkeyHint")}</p>
          <PasskeyButton ask={askPasskeyAction}>{t("passkey")}</PasskeyButton>
        </ActionForm>
      )}
      {hasPasskey && takesCodes && (
        <h2 className="text-lead mt-8 mb-3 leading-6.5">{t(hasApp ? "or" : "orCode")}</h2>
      )}
      {takesCodes && (
        <ActionForm action={proveFactorAction}>
          <Hidden {...landing} />
          <CodeField
            label={t(hasApp ? "code" : "codeOnly")}
            hint={t(hasApp ? "codeHint" : "codeOnlyHint")}
            maxLength={60}
          />
          <div className="mt-6">
            <SubmitButton variant={hasPasskey ? "outline" : "primary"}>{t("submit")}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </>
  );
}

async function RecoveryCodes({ own, onward }: { own: Own; onward: string }) {
  const t = await getTranslations("access.factor.codes");
  return (
    <>
      <ReadingHead
        title={t("title")}
        lead={
          <>
            <p>{t("lead")}</p>
            {own.codesLeft > 0 && <p className="mt-2">{t("left", { left: own.codesLeft })}</p>}
          </>
        }
      />
      <ActionForm action={makeCodesAction}>
        <SubmitButton>{t(own.codesLeft > 0 ? "makeAnew" : "make")}</SubmitButton>
      </ActionForm>
      <div className="mt-4">
        <PrintButton label={t("print")} />
      </div>
      <Onward href={onward} />
    </>
  );
}

/** After a factor was changed: whoever else is signed in as this person can be shown out. */
async function OtherSessions({ others, onward }: { others: number; onward: string }) {
  const t = await getTranslations("access.factor.sessions");
  return (
    <>
      <ReadingHead
        title={t("title")}
        lead={<p>{others > 0 ? t("lead", { others }) : t("none")}</p>}
      />
      {others > 0 && (
        <ButtonForm action={endOtherSessionsAction}>
          <Button type="submit" variant="primary">
            {t("end")}
          </Button>
        </ButtonForm>
      )}
      <Onward href={onward} />
    </>
  );
}

async function Onward({ href }: { href: string }) {
  const t = await getTranslations("access.factor.codes");
  return (
    <p className="mt-8">
      <a className={linkClass()} href={href}>
        {t("goOn")}
      </a>
    </p>
  );
}
