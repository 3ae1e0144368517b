import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { DisposalList } from "@/components/disposals/disposal-list";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { DISPOSAL_ACTIONS, HOLD_REASONS } from "@/db/vocabulary/requests";
import { may } from "@/domain/access/permissions";
import { readEnd, type ServiceEnd } from "@/domain/disposals/ends";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { complete } from "../actions";

type Props = { params: Promise<{ endId: string }> };

export async function generateMetadata() {
  const t = await getTranslations("disposals");
  return { title: t("title") };
}

/** What one ended service left, store by store: who empties it by when, how it was done, with what proof (P10). */
export default async function EndPage({ params }: Props) {
  const ctx = await requireContext("disposal.read");
  const end = await orNotFound(readEnd(ctx, await params));
  const t = await getTranslations("disposals");
  const { account, app } = end;
  const open = end.disposals.filter(({ doneAt }) => !doneAt);
  return (
    <>
      <PageHead
        crumbs={[{ href: "/ops/disposals", label: t("title") }]}
        title={app?.name ?? account.name}
        note={t(`cause.${end.cause}`)}
      />
      <Facts
        facts={[
          {
            term: t("accountHead"),
            value: (
              <Link href={at("/ops/accounts/*", account.id)}>
                {t("account", { account: account.name, uin: account.uin })}
              </Link>
            ),
          },
          ...(app ? [{ term: t("app"), value: `${app.name} ${app.sdkAppId}` }] : []),
          { term: t("endedAt"), value: <Time at={end.endedAt} /> },
          ...(end.settledAt ? [{ term: t("settledAt"), value: <Time at={end.settledAt} /> }] : []),
        ]}
      />
      <Section title={t("disposals")}>
        <DisposalList disposals={end.disposals} />
      </Section>
      {open.length > 0 && may(ctx.actor, "disposal.complete") && (
        <Section title={t("complete.title")} note={t("complete.note")}>
          <CompleteForm open={open} />
        </Section>
      )}
    </>
  );
}

/** One store at a time: what was done there, and what proves it. */
function CompleteForm({ open }: { open: ServiceEnd["disposals"] }) {
  const t = useTranslations("disposals.complete");
  const request = useTranslations("requests");
  return (
    <ActionForm
      action={complete}
      label={t("title")}
      resetOnDone
      className="max-w-form"
      confirm={{ title: t("confirm"), body: t("confirmText"), confirmLabel: t("submit") }}
    >
      <SelectField
        name="disposalId"
        label={t("store")}
        required
        defaultValue={open.length === 1 ? open[0]?.id : ""}
        options={[
          ...(open.length > 1 ? [{ value: "", label: t("choose") }] : []),
          ...open.map(({ id, store }) => ({ value: id, label: request(`store.${store}`) })),
        ]}
      />
      <SelectField
        name="action"
        label={t("action")}
        required
        options={DISPOSAL_ACTIONS.map((value) => ({ value, label: request(`act.${value}`) }))}
      />
      <SelectField
        name="holdReason"
        label={t("holdReason")}
        hint={t("holdHint")}
        options={[
          { value: "", label: t("notHeld") },
          ...HOLD_REASONS.map((value) => ({ value, label: request(`hold.${value}`) })),
        ]}
      />
      <TextField
        name="result"
        label={t("result")}
        hint={t("resultHint")}
        required
        maxLength={500}
        autoComplete="off"
      />
      <div className="mt-6">
        <SubmitButton>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
