import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { BilingualField } from "@/components/form/bilingual-field";
import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { DISPOSAL_CARRIERS } from "@/db/vocabulary/disposals";
import { DATA_STORES } from "@/db/vocabulary/requests";
import { may } from "@/domain/access/permissions";
import { listStores, type Store } from "@/domain/disposals/stores";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { remove, save } from "../actions";

type Props = { searchParams: Promise<{ store?: string | string[] }> };

export async function generateMetadata() {
  const t = await getTranslations("disposals.stores");
  return { title: t("title") };
}

/** Where the vendor keeps data, who empties it and how, and when copies in backups expire (P10). */
export default async function StoresPage({ searchParams }: Props) {
  const ctx = await requireContext("disposal.read");
  const [stores, { store: asked }, t, all, request] = await Promise.all([
    listStores(ctx, {}),
    searchParams,
    getTranslations("disposals.stores"),
    getTranslations("disposals"),
    getTranslations("requests.store"),
  ]);
  const mayKeep = may(ctx.actor, "disposal.keepStores");
  const changed = stores.find(({ store }) => store === asked);
  return (
    <>
      <PageHead
        crumbs={[{ href: "/ops/disposals", label: all("title") }]}
        title={t("title")}
        note={t("lead")}
      />
      {stores.length === 0 && <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
      {stores.map((store) => (
        <Section key={store.store} title={request(store.store)}>
          <StoreFacts store={store} />
          {mayKeep && <Acts store={store} name={request(store.store)} />}
        </Section>
      ))}
      {mayKeep && (changed || stores.length < DATA_STORES.length) && (
        <Section
          id="form"
          title={changed ? t("change", { name: request(changed.store) }) : t("add")}
        >
          <StoreForm key={changed?.store ?? "new"} changed={changed} stores={stores} />
        </Section>
      )}
    </>
  );
}

function StoreFacts({ store }: { store: Store }) {
  const t = useTranslations("disposals.stores");
  const { executor, methodZh, methodEn, carrier, dueDays, backupDays } = store;
  return (
    <Facts
      facts={[
        { term: t("executor"), value: executor },
        {
          term: t("method"),
          value: (
            <>
              <span lang="zh-CN" className="block wrap-anywhere whitespace-pre-line">
                {methodZh}
              </span>
              {methodEn && (
                <span lang="en" className="block wrap-anywhere whitespace-pre-line">
                  {methodEn}
                </span>
              )}
            </>
          ),
        },
        { term: t("carrier"), value: t(`carriers.${carrier}`) },
        { term: t("due"), value: t("dueIn", { count: dueDays }) },
        {
          term: t("backups"),
          value: backupDays > 0 ? t("backupsIn", { count: backupDays }) : t("noBackups"),
        },
      ]}
    />
  );
}

function Acts({ store, name }: { store: Store; name: string }) {
  const t = useTranslations("disposals.stores");
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
      <Link
        href={at("/ops/disposals/stores", { store: store.store, "#": "form" })}
        aria-label={t("change", { name })}
        className="text-small py-1"
      >
        {t("edit")}
      </Link>
      <ActionForm
        action={remove}
        label={t("removeNamed", { name })}
        confirm={{
          title: t("removeTitle", { name }),
          body: t("removeText"),
          confirmLabel: t("remove"),
        }}
      >
        <input type="hidden" name="store" value={store.store} />
        <SubmitButton variant="text" size="sm" aria-label={t("removeNamed", { name })}>
          {t("remove")}
        </SubmitButton>
      </ActionForm>
    </div>
  );
}

type FormProps = { changed: Store | undefined; stores: readonly Store[] };

/** What a store begins with that is not written down yet. */
const NEW = {
  ...{ executor: "", methodZh: "", methodEn: null, carrier: "by_hand" },
  ...{ dueDays: 15, backupDays: 0 },
} as const;

/** A store that is not written down yet, or one that is changed. */
function StoreForm({ changed, stores }: FormProps) {
  const t = useTranslations("disposals.stores");
  const given = changed ?? NEW;
  return (
    <ActionForm action={save} label={t("add")} guard className="max-w-pair">
      <WhichStore changed={changed} stores={stores} />
      <TextField
        name="executor"
        label={t("executor")}
        hint={t("executorHint")}
        required
        maxLength={100}
        defaultValue={given.executor}
        autoComplete="off"
      />
      <BilingualField
        name="method"
        label={t("method")}
        values={{ "zh-CN": given.methodZh, en: given.methodEn ?? "" }}
        required
        maxLength={500}
        rows={3}
      />
      <SelectField
        name="carrier"
        label={t("carrier")}
        hint={t("carrierHint")}
        defaultValue={given.carrier}
        options={DISPOSAL_CARRIERS.map((value) => ({ value, label: t(`carriers.${value}`) }))}
      />
      <TextField
        name="dueDays"
        label={t("dueDays")}
        hint={t("dueHint")}
        required
        inputMode="numeric"
        defaultValue={given.dueDays}
      />
      <TextField
        name="backupDays"
        label={t("backupDays")}
        hint={t("backupHint")}
        required
        inputMode="numeric"
        defaultValue={given.backupDays}
      />
      <Buttons className="mt-6">
        <SubmitButton>{t("save")}</SubmitButton>
        {changed && <ButtonLink href="/ops/disposals/stores">{t("cancel")}</ButtonLink>}
      </Buttons>
    </ActionForm>
  );
}

/** The store of a change stands fast; a new one is one of those that are left. */
function WhichStore({ changed, stores }: FormProps) {
  const t = useTranslations("disposals.stores");
  const request = useTranslations("requests.store");
  if (changed) return <input type="hidden" name="store" value={changed.store} />;
  const left = DATA_STORES.filter((one) => !stores.some(({ store }) => store === one));
  return (
    <SelectField
      name="store"
      label={t("store")}
      required
      options={[
        { value: "", label: t("choose") },
        ...left.map((value) => ({ value, label: request(value) })),
      ]}
    />
  );
}
