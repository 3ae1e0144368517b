import { useTranslations } from "next-intl";

import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { SubmitBar } from "@/components/ui/submit-bar";
import { HOME_REGIONS, type HomeRegion } from "@/db/vocabulary/routes";
import { at } from "@/lib/addresses";

type Props = {
  /** The account being changed; without it a new one is entered. */
  account?: { id: string; name: string; tier: string | null } & {
    homeRegion: HomeRegion | null;
    tags: readonly string[];
  };
};

const NEW = { name: "", tier: null, homeRegion: null, tags: [] };

export function AccountFields({ account }: Props) {
  const t = useTranslations("accounts.accountForm");
  const { name, tier, homeRegion, tags } = account ?? NEW;
  return (
    <>
      {account ? (
        <input type="hidden" name="accountId" value={account.id} />
      ) : (
        <TextField
          name="uin"
          label={t("uin")}
          hint={t("uinHint")}
          required
          inputMode="numeric"
          maxLength={40}
          autoComplete="off"
        />
      )}
      <TextField
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        required
        maxLength={120}
        defaultValue={name}
        autoComplete="off"
      />
      <TextField
        name="tier"
        label={t("tier")}
        hint={t("tierHint")}
        maxLength={40}
        defaultValue={tier ?? ""}
        autoComplete="off"
      />
      <SelectField
        name="homeRegion"
        label={t("home")}
        hint={t("homeHint")}
        defaultValue={homeRegion ?? ""}
        options={[
          { value: "", label: t("homes.unstated") },
          ...HOME_REGIONS.map((value) => ({ value, label: t(`homes.${value}`) })),
        ]}
      />
      <TextField
        name="tags"
        label={t("tags")}
        hint={t("tagsHint")}
        maxLength={1000}
        defaultValue={tags.join(t("separator"))}
        autoComplete="off"
      />
      <SubmitBar>
        <ButtonLink href={account ? at("/ops/accounts/*", account.id) : "/ops/accounts"}>
          {t("cancel")}
        </ButtonLink>
        <SubmitButton>{t(account ? "save" : "create")}</SubmitButton>
      </SubmitBar>
    </>
  );
}

type SyncedProps = { account: { syncRevision: number | null }; of: "apps" | "members" | "name" };

/** Of an account that the vendor's console keeps: what becomes of a change that is made here. */
export function SyncedNote({ account, of }: SyncedProps) {
  const t = useTranslations("accounts.synced");
  if (account.syncRevision === null) return null;
  return (
    <div className="max-w-form mb-6">
      <Banner tone="plain">{t(of)}</Banner>
    </div>
  );
}
