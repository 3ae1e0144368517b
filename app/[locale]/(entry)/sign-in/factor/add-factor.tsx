import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { PasskeyButton } from "@/components/form/passkey-button";
import { SubmitButton } from "@/components/form/submit-button";
import { ReadingHead } from "@/components/layout/reading-page";
import { CopyLine } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { QrCode } from "@/components/ui/qr-code";
import type { readOwnFactors } from "@/domain/access/factors";
import { at } from "@/lib/addresses";

import { CodeField } from "../_components/code-field";
import {
  askNewPasskeyAction,
  confirmAppAction,
  confirmPasskeyAction,
  startAppAction,
} from "./actions";
import { Hidden, type Landing } from "./hidden";

type Props = Landing & { isDue: boolean };

/** Adds a passkey; staff who must have a factor begin here too. */
export async function AddPasskey({ isDue, ...landing }: Props) {
  const t = await getTranslations("access.factor.passkey");
  return (
    <>
      <ReadingHead title={t("title")} lead={<p>{t(isDue ? "leadDue" : "lead")}</p>} />
      <ActionForm action={confirmPasskeyAction}>
        <Hidden {...landing} />
        <NameField t={t} />
        <div className="mt-6">
          <PasskeyButton ask={askNewPasskeyAction}>{t("submit")}</PasskeyButton>
        </div>
      </ActionForm>
      <Otherwise step="add" {...landing}>
        {t("app")}
      </Otherwise>
    </>
  );
}

/** Adds an authenticator app, which works without scripts too. */
export async function AddApp({
  start,
  isDue,
  ...landing
}: Props & { start: Awaited<ReturnType<typeof readOwnFactors>>["start"] }) {
  const t = await getTranslations("access.factor.add");
  return (
    <>
      <ReadingHead title={t("title")} lead={<p>{t(isDue ? "leadDue" : "lead")}</p>} />
      {start ? (
        <>
          <p className="mb-3">{t("scan")}</p>
          <QrCode text={start.address} label={t("picture")} />
          <div className="mt-4 mb-6">
            <CopyLine text={start.key} label={t("key")} />
          </div>
          <ActionForm action={confirmAppAction}>
            <Hidden {...landing} />
            <NameField t={t} />
            <CodeField label={t("code")} hint={t("codeHint")} inputMode="numeric" maxLength={20} />
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
      ) : (
        <ActionForm action={startAppAction}>
          <SubmitButton>{t("start")}</SubmitButton>
        </ActionForm>
      )}
      <Otherwise step="passkey" {...landing}>
        {t("passkey")}
      </Otherwise>
    </>
  );
}

type Words = Awaited<
  ReturnType<typeof getTranslations<"access.factor.add" | "access.factor.passkey">>
>;

const NameField = ({ t }: { t: Words }) => (
  <TextField
    name="name"
    label={t("name")}
    hint={t("nameHint")}
    defaultValue={t("nameDefault")}
    maxLength={60}
    required
  />
);

type OtherwiseProps = Landing & { step: "add" | "passkey"; children: React.ReactNode };

const Otherwise = ({ step, returnPath, children }: OtherwiseProps) => (
  <p className="text-ui mt-8">
    <Link href={at("/sign-in/factor", { step, return: returnPath })}>{children}</Link>
  </p>
);
