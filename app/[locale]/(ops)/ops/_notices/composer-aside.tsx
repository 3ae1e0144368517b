import { getTranslations } from "next-intl/server";

import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { type Context } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";

import { noticeAddress } from "./address";
import { AudienceSummary } from "./audience-summary";
import { CheckList } from "./check-list";
import { NoticePreview } from "./notice-preview";

type Props = { ctx: Context; read: OpsNotice };

/** Beside the form: what is missing, whom it reaches, how it will look. All of it as last saved. */
export async function ComposerAside({ ctx, read }: Props) {
  const t = await getTranslations("incidents.desk.aside");
  const missing = Object.keys(read.missing).length;
  return (
    <aside aria-label={t("label")} className="min-w-0 xl:sticky xl:top-[76px] xl:self-start">
      <Section title={t("check")} note={t("asSaved")}>
        {missing === 0 ? (
          <Status tone="ok">{t("complete")}</Status>
        ) : (
          <CheckList label={t("check")} missing={read.missing} />
        )}
      </Section>
      <Section
        id="field-audience"
        title={t("audience")}
        more={
          read.notice.status === "in_review" ? (
            <ButtonLink size="sm" href={`${noticeAddress(read)}/audience`}>
              {t("editAudience")}
            </ButtonLink>
          ) : (
            <SubmitButton size="sm" variant="outline" name="intent" value="audience">
              {t("editAudience")}
            </SubmitButton>
          )
        }
      >
        <AudienceSummary read={read} />
      </Section>
      <Section title={t("preview")} note={t("asSaved")}>
        <NoticePreview ctx={ctx} read={read} height="h-[clamp(20rem,calc(100dvh-34rem),40rem)]" />
      </Section>
    </aside>
  );
}
