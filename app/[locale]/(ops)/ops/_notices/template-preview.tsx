import { getLocale, getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { CheckStatus } from "@/components/ui/check-status";
import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { LOCALES } from "@/db/vocabulary/languages";
import { type Context } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { listTemplates } from "@/domain/incidents/templates";
import { previewTemplate } from "@/domain/incidents/use-template";
import { withQuery } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";

import { Hidden } from "../_reviews/frame";
import { templateAction } from "./actions";
import { noticeAddress } from "./address";
import { NoticeHead } from "./notice-head";

type Props = { ctx: Context; read: OpsNotice };

/** The templates a draft may be made from, each as the way to what it would say here. */
export async function TemplateChoice({ ctx, read }: Props) {
  const use = read.notice.type === "announcement" ? "announcement" : "incident";
  const [t, templates] = await Promise.all([
    getTranslations("incidents.desk.templates"),
    listTemplates(ctx, { use }),
  ]);
  if (templates.length === 0) return null;
  return (
    <Section title={t("choose")} note={t("chooseNote")}>
      <ul>
        {templates.map(({ id, name, number }) => (
          <li key={id} className="py-1">
            <Link href={withQuery(noticeAddress(read), { template: id })}>
              {t("named", { name, number })}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What a draft would say from a template: the value of each variable, and the texts in both languages. */
export async function TemplatePreview({ ctx, read, templateId }: Props & { templateId: string }) {
  const { id: noticeId, revision } = read.notice;
  const asked = previewTemplate(ctx, { noticeId, templateId });
  const [{ template, values, title, situation }, t, locale] = await Promise.all([
    orNotFound(asked),
    getTranslations("incidents.desk.templates"),
    getLocale(),
  ]);
  const { name, number } = template;
  const isWhole = values.every(({ value }) => value);
  return (
    <>
      <NoticeHead read={read} part={t("named", { name, number })} />
      <Section title={t("values")}>
        {values.length === 0 ? (
          <p className="text-ink-muted">{t("noVariables")}</p>
        ) : (
          <Facts
            facts={values.map(({ name: variable, value }) => ({
              term: t(`variable.${variable}`),
              value: value ? (
                value[locale]
              ) : (
                <CheckStatus isGood={false}>{t("noValue")}</CheckStatus>
              ),
            }))}
          />
        )}
      </Section>
      {LOCALES.map((lang) => (
        <Section key={lang} title={t(`textIn.${lang}`)}>
          <div lang={lang} className="max-w-measure wrap-anywhere whitespace-pre-line">
            <p className="font-medium">{title[lang] ?? t("noWords")}</p>
            <p className="mt-2">{situation[lang] ?? ""}</p>
          </div>
        </Section>
      ))}
      <div className="mt-6">
        {isWhole ? (
          <ActionForm action={templateAction} label={t("make")}>
            <Hidden values={{ noticeId, revision, templateId, number }} />
            <p className="text-small text-ink-muted mb-3">{t("makeNote")}</p>
            <Buttons>
              <SubmitButton>{t("make")}</SubmitButton>
              <ButtonLink href={noticeAddress(read)}>{t("back")}</ButtonLink>
            </Buttons>
          </ActionForm>
        ) : (
          <Banner
            tone="warn"
            title={t("notWhole")}
            actions={
              <ButtonLink size="sm" href={noticeAddress(read)}>
                {t("back")}
              </ButtonLink>
            }
          >
            {t("notWholeText")}
          </Banner>
        )}
      </div>
    </>
  );
}
