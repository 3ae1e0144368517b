import { getTranslations } from "next-intl/server";

import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { type Context } from "@/domain/context";
import { type OpsVersion } from "@/domain/policies/find-version";

import { Audience } from "./audience";
import { CheckList } from "./check-list";
import { Preview } from "./preview";

type Props = OpsVersion & { ctx: Context };

/** Beside the form: whom it reaches, how it will look, what is missing. All of it as last saved. */
export async function ComposerAside({ ctx, ...read }: Props) {
  const t = await getTranslations("policies.ops.composer.aside");
  const missing = Object.keys(read.missing).length;
  return (
    <aside aria-label={t("label")} className="min-w-0 xl:sticky xl:top-[76px] xl:self-start">
      <Section title={t("check")} note={missing > 0 ? t("asSaved") : undefined}>
        {missing === 0 ? (
          <Status tone="ok">{t("complete")}</Status>
        ) : (
          <CheckList label={t("check")} missing={read.missing} />
        )}
      </Section>
      <Section title={t("audience")}>
        <Audience ctx={ctx} {...read} />
      </Section>
      <Section title={t("preview")} note={t("asSaved")}>
        <Preview ctx={ctx} {...read} height="h-[clamp(18rem,calc(100dvh-36rem),40rem)]" />
      </Section>
    </aside>
  );
}
