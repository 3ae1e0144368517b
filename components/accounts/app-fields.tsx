import { useLocale, useTranslations } from "next-intl";

import { ActionForm, type FormAction } from "@/components/form/action-form";
import { RadiosField, SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { FieldGroup } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import { SubmitBar } from "@/components/ui/submit-bar";
import { type Platform, PLATFORMS, REGIONS } from "@/db/vocabulary/accounts";
import type { Locale } from "@/db/vocabulary/languages";
import { type AccountApp } from "@/domain/accounts/list-apps";
import { at } from "@/lib/addresses";

type Props = {
  accountId: string;
  products: readonly { id: string; names: Record<Locale, string> }[];
  /** The app being changed; without it one is added. */
  app?: AccountApp;
};

export function AppFields({ accountId, products, app }: Props) {
  const t = useTranslations("accounts");
  const locale = useLocale();
  return (
    <>
      <input type="hidden" name="accountId" value={accountId} />
      {app ? (
        <input type="hidden" name="sdkAppId" value={app.sdkAppId} />
      ) : (
        <>
          <input type="hidden" name="asNew" value="yes" />
          <TextField
            name="sdkAppId"
            label={t("appForm.sdkAppId")}
            hint={t("appForm.sdkAppIdHint")}
            required
            inputMode="numeric"
            maxLength={20}
            autoComplete="off"
          />
        </>
      )}
      <TextField
        name="name"
        label={t("appForm.name")}
        required
        maxLength={120}
        defaultValue={app?.name}
        autoComplete="off"
      />
      <SelectField
        name="productId"
        label={t("appForm.product")}
        required
        defaultValue={app?.productId}
        options={products.map(({ id, names }) => ({ value: id, label: names[locale] }))}
      />
      <IntegrationFields app={app} />
      <SubmitBar>
        <ButtonLink href={at("/ops/accounts/*", accountId)}>{t("appForm.cancel")}</ButtonLink>
        <SubmitButton>{t(`appForm.${submitWord(app)}`)}</SubmitButton>
      </SubmitBar>
    </>
  );
}

type OwnProps = {
  app: AccountApp;
  /** Versions that an advice named, filled in for its reader to check and save. */
  proposed?: Partial<Record<Platform, string>>;
};

/** The same of an owner's own app: which app and product it is, stays. */
export function OwnAppFields({ app, proposed = {} }: OwnProps) {
  const t = useTranslations("accounts");
  return (
    <>
      <input type="hidden" name="appId" value={app.id} />
      <TextField
        name="name"
        label={t("appForm.name")}
        required
        maxLength={120}
        defaultValue={app.name}
        autoComplete="off"
      />
      <IntegrationFields app={app} proposed={proposed} />
      <SubmitBar>
        <ButtonLink href="/account">{t("appForm.cancel")}</ButtonLink>
        <SubmitButton>{t(`appForm.${submitWord(app)}`)}</SubmitButton>
      </SubmitBar>
    </>
  );
}

type IntegrationProps = Omit<OwnProps, "app"> & { app: AccountApp | undefined };

/** Where its data is kept, and how it integrates. */
function IntegrationFields({ app, proposed = {} }: IntegrationProps) {
  const t = useTranslations("accounts");
  return (
    <>
      <SelectField
        name="region"
        label={t("appForm.region")}
        hint={t("appForm.regionHint")}
        required
        defaultValue={app?.region ?? "cn"}
        options={REGIONS.map((value) => ({ value, label: t(`region.${value}`) }))}
      />
      <RadiosField
        name="apiOnly"
        label={t("appForm.integration")}
        required
        defaultValue={app?.apiOnly ? "yes" : "no"}
        options={[
          { value: "no", label: t("appForm.sdk"), hint: t("appForm.sdkHint") },
          { value: "yes", label: t("appForm.api"), hint: t("appForm.apiHint") },
        ]}
      />
      <PlatformFields app={app} proposed={proposed} />
    </>
  );
}

function submitWord(app: AccountApp | undefined) {
  if (!app) return "add";
  return app.closedAt ? "reopen" : "save";
}

/** A line per platform; the ones left blank are not used. */
function PlatformFields({ app, proposed = {} }: IntegrationProps) {
  const t = useTranslations("accounts");
  return (
    <FieldGroup
      id="field-platforms"
      label={t("appForm.platforms")}
      hint={t("appForm.platformsHint")}
    >
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3">
        {PLATFORMS.map((platform) => (
          // Each in a box of its own, where it is the first and needs no space above.
          <div key={platform}>
            <TextField
              name={`platforms.${platform}`}
              label={t(`platform.${platform}`)}
              defaultValue={
                proposed[platform] ??
                app?.platforms.find((one) => one.platform === platform)?.sdkVersion
              }
              maxLength={32}
              autoComplete="off"
              spellCheck={false}
            />
          </div>
        ))}
      </div>
    </FieldGroup>
  );
}

type ClosingProps = { app: AccountApp; action: FormAction };

/** The end of an app that is in use. */
export function AppClosing({ app, action }: ClosingProps) {
  const t = useTranslations("accounts.appForm");
  return (
    <Section title={t("close")}>
      <p className="max-w-form mb-3">{t("closeText")}</p>
      <ActionForm
        action={action}
        label={t("close")}
        confirm={{
          title: t("closeConfirm", { name: app.name }),
          body: t("closeText"),
          confirmLabel: t("close"),
          danger: true,
        }}
      >
        <input type="hidden" name="appId" value={app.id} />
        <SubmitButton variant="danger">{t("close")}</SubmitButton>
      </ActionForm>
    </Section>
  );
}
