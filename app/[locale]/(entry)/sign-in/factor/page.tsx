import { getLocale, getTranslations } from "next-intl/server";
import { encode } from "uqr";

import { ReadingHead } from "@/components/layout/reading-page";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { CopyLine } from "@/components/ui/copy-button";
import { PrintButton } from "@/components/ui/print-button";
import { Link, linkClass } from "@/components/ui/link";
import { readOwnFactors } from "@/domain/access/factors";
import { hasFreshFactor } from "@/domain/access/fresh-factor";
import { at, withLanguage } from "@/lib/addresses";
import { env } from "@/lib/env";
import { safeReturnPath } from "@/lib/return-path";
import { redirectTo } from "@/server/redirect";
import { doorContext } from "@/server/session";
import { destinationOf } from "@/server/sign-in";

import {
  confirmAppAction,
  makeCodesAction,
  proveFactorAction,
  proveInDemoAction,
  startAppAction,
} from "./actions";

type Props = { searchParams: Promise<{ return?: string | string[]; step?: string | string[] }> };
type Own = Awaited<ReturnType<typeof readOwnFactors>>;
type Landing = { locale: string; returnPath: string };

const STEPS = ["add", "codes"] as const;

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
  const landing = { locale, returnPath };
  const step = STEPS.find((known) => known === given.step) ?? null;
  const isSettingUp = standing === "enrol" || (standing === "open" && step !== null);
  if (!isSettingUp) return <Prove {...landing} own={own} />;
  if (!hasFreshFactor(ctx)) {
    const here = withLanguage(locale, at("/sign-in/factor", { step, return: returnPath }));
    return <Prove {...landing} returnPath={here} own={own} />;
  }
  return step === "codes" && own.factors.length > 0 ? (
    <RecoveryCodes own={own} onward={destinationOf(person, landing)} />
  ) : (
    <AddApp {...landing} own={own} isDue={standing === "enrol"} />
  );
}

const Hidden = ({ locale, returnPath }: Landing) => (
  <>
    <input type="hidden" name="locale" value={locale} />
    <input type="hidden" name="return" value={returnPath} />
  </>
);

async function Prove({ own, ...landing }: Landing & { own: Own }) {
  const t = await getTranslations("access.factor.prove");
  const { demoSignIn } = env();
  const isKnown = own.factors.length > 0;
  return (
    <>
      <ReadingHead title={t("title")} lead={<p>{t(isKnown ? "lead" : "leadWithout")}</p>} />
      {isKnown && (
        <ActionForm action={proveFactorAction}>
          <Hidden {...landing} />
          <TextField
            name="code"
            label={t("code")}
            hint={t("codeHint")}
            autoComplete="one-time-code"
            maxLength={60}
            required
            className="font-mono tracking-widest"
          />
          <div className="mt-6">
            <SubmitButton>{t("submit")}</SubmitButton>
          </div>
        </ActionForm>
      )}
      {demoSignIn && (
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

async function AddApp({ own, isDue, ...landing }: Landing & { own: Own; isDue: boolean }) {
  const t = await getTranslations("access.factor.add");
  const { start } = own;
  return (
    <>
      <ReadingHead title={t("title")} lead={<p>{t(isDue ? "leadDue" : "lead")}</p>} />
      {!start && (
        <ActionForm action={startAppAction}>
          <SubmitButton>{t("start")}</SubmitButton>
        </ActionForm>
      )}
      {start && (
        <>
          <p className="mb-3">{t("scan")}</p>
          <QrCode text={start.address} label={t("picture")} />
          <div className="mt-4 mb-6">
            <CopyLine text={start.key} label={t("key")} />
          </div>
          <ActionForm action={confirmAppAction}>
            <Hidden {...landing} />
            <TextField
              name="name"
              label={t("name")}
              hint={t("nameHint")}
              defaultValue={t("nameDefault")}
              maxLength={60}
              required
            />
            <TextField
              name="code"
              label={t("code")}
              hint={t("codeHint")}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={20}
              required
              className="font-mono tracking-widest"
            />
            <div className="mt-6">
              <SubmitButton>{t("submit")}</SubmitButton>
            </div>
          </ActionForm>
          <ActionForm action={startAppAction} className="mt-6">
            <SubmitButton variant="outline" size="sm">
              {t("restart")}
            </SubmitButton>
          </ActionForm>
        </>
      )}
    </>
  );
}

/** A picture for a phone's camera: black on white in the dark too, or no camera reads it. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="border-line size-52 border"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={squares.join("")} fill="#000" />
    </svg>
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
      <p className="mt-8">
        <a className={linkClass()} href={onward}>
          {t("goOn")}
        </a>
      </p>
    </>
  );
}
