import { type Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { headers } from "next/headers";

import { ReadingPage } from "@/components/layout/reading-page";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { at } from "@/lib/addresses";
import { visitorContext } from "@/server/session";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("incidents.missing");
  return { title: t("title") };
}

/** The same for what is not there and for what this reader may not know of; whoever was told may sign in. */
export default async function MissingIncident() {
  const t = await getTranslations("incidents.missing");
  const { actor } = await visitorContext();
  const path = (await headers()).get("x-gaozhi-path") ?? "";
  return (
    <ReadingPage title={t("title")} lead={t("text")}>
      <Buttons>
        {actor.kind !== "person" && (
          <ButtonLink href={at("/sign-in", { return: path })} variant="primary">
            {t("signIn")}
          </ButtonLink>
        )}
        <ButtonLink href="/incidents">{t("list")}</ButtonLink>
      </Buttons>
    </ReadingPage>
  );
}
