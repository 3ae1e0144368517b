import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { BilingualField } from "@/components/form/bilingual-field";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { MACRO_VARIABLES } from "@/db/vocabulary/requests";
import { may } from "@/domain/access/permissions";
import { listMacros, type Macro } from "@/domain/requests/macros";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { retire, save } from "./actions";

type Props = { searchParams: Promise<{ macro?: string | string[] }> };

export async function generateMetadata() {
  const t = await getTranslations("requests.desk.macros");
  return { title: t("title") };
}

/** What handlers write again and again, in both languages. */
export default async function MacrosPage({ searchParams }: Props) {
  const ctx = await requireContext("request.readMacros");
  const [macros, { macro: asked }, t, desk] = await Promise.all([
    listMacros(ctx, {}),
    searchParams,
    getTranslations("requests.desk.macros"),
    getTranslations("requests.desk"),
  ]);
  const mayKeep = may(ctx.actor, "request.keepMacros");
  const changed = macros.find(({ macroId }) => macroId === asked);
  return (
    <>
      <PageHead
        crumbs={[{ href: "/ops/requests", label: desk("title") }, { label: t("title") }]}
        title={t("title")}
        note={t("lead")}
      />
      {macros.length === 0 && <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>}
      <ul>
        {macros.map((macro) => (
          <Row key={macro.macroId} macro={macro} mayKeep={mayKeep} />
        ))}
      </ul>
      {mayKeep && (
        <Section id="form" title={t(changed ? "change" : "add")}>
          <MacroForm key={changed?.id ?? "new"} macro={changed} />
        </Section>
      )}
    </>
  );
}

type RowProps = { macro: Macro; mayKeep: boolean };

/** One macro in its words, and what may be done about it. */
function Row({ macro, mayKeep }: RowProps) {
  const t = useTranslations("requests.desk.macros");
  const { macroId, name, number, textZh, textEn, writtenAt } = macro;
  return (
    <li className="border-line border-b py-3">
      <p className="font-semibold wrap-anywhere">{name}</p>
      <p className="text-small text-ink-muted">
        {t.rich("version", { number, at: () => <Time at={writtenAt} form="table" /> })}
      </p>
      <p className="max-w-measure mt-1 wrap-anywhere whitespace-pre-wrap" lang="zh-CN">
        {textZh}
      </p>
      {textEn && (
        <p className="max-w-measure mt-1 wrap-anywhere whitespace-pre-wrap" lang="en">
          {textEn}
        </p>
      )}
      {mayKeep && (
        <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
          <Link
            href={at("/ops/requests/macros", { macro: macroId, "#": "form" })}
            aria-label={t("editNamed", { name })}
            className="text-small py-1"
          >
            {t("edit")}
          </Link>
          <ActionForm
            action={retire}
            label={t("retireNamed", { name })}
            confirm={{
              title: t("retireTitle"),
              body: t("retireText"),
              confirmLabel: t("retire"),
            }}
          >
            <input type="hidden" name="macroId" value={macroId} />
            <SubmitButton variant="text" size="sm" aria-label={t("retireNamed", { name })}>
              {t("retire")}
            </SubmitButton>
          </ActionForm>
        </div>
      )}
    </li>
  );
}

/** A new macro, or one that is changed, with the variables that it may use. */
function MacroForm({ macro }: { macro: Macro | undefined }) {
  const t = useTranslations("requests.desk.macros");
  const list = MACRO_VARIABLES.map((name) => `{{${name}}} ${t(`variable.${name}`)}`);
  return (
    <ActionForm
      action={save}
      label={t(macro ? "change" : "add")}
      guard
      resetOnDone
      className="max-w-pair"
    >
      {macro && (
        <>
          <input type="hidden" name="macroId" value={macro.macroId} />
          <input type="hidden" name="number" value={macro.number} />
        </>
      )}
      <TextField
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        required
        maxLength={60}
        defaultValue={macro?.name}
        autoComplete="off"
      />
      <BilingualField
        name="text"
        label={t("text")}
        values={{ "zh-CN": macro?.textZh ?? "", en: macro?.textEn ?? "" }}
        required
        maxLength={5000}
        rows={6}
      />
      <p className="text-small text-ink-muted mt-2">
        {t("variables", { list: list.join(t("variableSeparator")) })}
      </p>
      <Buttons className="mt-6">
        <SubmitButton>{t(macro ? "save" : "add")}</SubmitButton>
        {macro && <ButtonLink href="/ops/requests/macros">{t("cancel")}</ButtonLink>}
      </Buttons>
    </ActionForm>
  );
}
