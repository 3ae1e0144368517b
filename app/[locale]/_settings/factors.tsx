import { useLocale, useTranslations } from "next-intl";

import {
  endSessionsOfAction,
  removeFactorAction,
  resetFactorsAction,
} from "@/app/[locale]/(entry)/sign-in/factor/actions";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { readOwnFactors } from "@/domain/access/factors";
import { at, withLanguage } from "@/lib/addresses";

type Props = { own: Awaited<ReturnType<typeof readOwnFactors>>; isStaff: boolean };

/** What a person proves besides their mail, and what is left for the day it is lost. */
export function Factors({ own: { factors, codesLeft }, isStaff }: Props) {
  const t = useTranslations("access.factor");
  const back = `${withLanguage(useLocale(), isStaff ? "/ops/settings" : "/settings")}#factors`;
  return (
    <Section id="factors" title={t("title")} note={t("count", { count: factors.length })}>
      <p className="max-w-measure">{t("lead")}</p>
      {factors.length > 0 && (
        <ul className="border-line max-w-measure mt-3 border-t">
          {factors.map(({ id, kind, name, createdAt, lastUsedAt }) => (
            <li
              key={id}
              className="border-line flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2.5"
            >
              <div className="min-w-0 flex-1 basis-60">
                <p className="text-ui font-semibold wrap-anywhere">{name}</p>
                <p className="text-ink-muted text-small [&_time]:whitespace-nowrap">
                  {t.rich(lastUsedAt ? "used" : "added", {
                    kind: t(`kind.${kind}`),
                    first: () => <Time at={createdAt} form="table" />,
                    last: () => lastUsedAt && <Time at={lastUsedAt} form="table" />,
                  })}
                </p>
              </div>
              <ActionForm
                action={removeFactorAction}
                label={t("removeNamed", { name })}
                confirm={{
                  ...{
                    title: t("removeNamed", { name }),
                    body: t(kind === "passkey" ? "removePasskey" : "removeText"),
                  },
                  ...{ confirmLabel: t("remove"), danger: true },
                }}
              >
                <input type="hidden" name="factorId" value={id} />
                <input type="hidden" name="return" value={back} />
                <SubmitButton size="sm" variant="outline" aria-label={t("removeNamed", { name })}>
                  {t("remove")}
                </SubmitButton>
              </ActionForm>
            </li>
          ))}
        </ul>
      )}
      {factors.length > 0 && codesLeft < 3 && (
        <div className="max-w-measure mt-4">
          <Banner tone="warn">{t("fewCodes", { left: codesLeft })}</Banner>
        </div>
      )}
      <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
        <Link href={at("/sign-in/factor", { step: "passkey", return: back })}>
          {t("addPasskey")}
        </Link>
        <Link href={at("/sign-in/factor", { step: "add", return: back })}>{t("addApp")}</Link>
        {factors.length > 0 && (
          <Link href={at("/sign-in/factor", { step: "codes", return: back })}>
            {t("codesLeft", { left: codesLeft })}
          </Link>
        )}
      </p>
    </Section>
  );
}

/** For administrators: somebody has lost their phone and their recovery codes, or what they are signed in with. */
export function HelpOthers() {
  return (
    <>
      <ForPerson what="reset" action={resetFactorsAction} />
      <ForPerson what="endSessions" action={endSessionsOfAction} />
    </>
  );
}

type Help = { what: "reset" | "endSessions"; action: typeof resetFactorsAction };

function ForPerson({ what, action }: Help) {
  const t = useTranslations(`access.factor.${what}`);
  return (
    <Section title={t("title")}>
      <p className="max-w-measure mb-4">{t("lead")}</p>
      <ActionForm
        action={action}
        className="max-w-form"
        label={t("title")}
        scope={what}
        resetOnDone
        confirm={{
          ...{ title: t("title"), body: t("text") },
          ...{ confirmLabel: t("submit"), danger: true },
        }}
      >
        <TextField name="email" label={t("email")} type="email" maxLength={254} required />
        <TextField
          name="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          maxLength={300}
          required
        />
        <div className="mt-6">
          <SubmitButton variant="outline">{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
