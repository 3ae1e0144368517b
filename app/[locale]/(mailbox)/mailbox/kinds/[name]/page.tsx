import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";

import { Breadcrumb } from "@/components/ui/breadcrumb";
import { WidePage } from "@/components/layout/reading-page";
import { MailView } from "@/app/[locale]/(mailbox)/mailbox/_components/mail-view";
import { at } from "@/lib/addresses";
import { listMailExamples } from "@/server/mail-preview";

type Props = { params: Promise<{ name: string }>; searchParams: Promise<{ view?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("mailbox");
  return { title: t("kinds.title"), robots: { index: false } };
}

export default async function MailKindPage({ params, searchParams }: Props) {
  const [{ name }, { view }] = await Promise.all([params, searchParams]);
  const [t, locale] = await Promise.all([getTranslations("mailbox"), getLocale()]);
  const mail = (await listMailExamples(locale)).find((example) => example.name === name);
  if (!mail) notFound();
  return (
    <WidePage
      above={
        <Breadcrumb
          crumbs={[
            { href: "/mailbox", label: t("back") },
            { href: "/mailbox/kinds", label: t("kinds.title") },
          ]}
        />
      }
      title={mail.subject}
    >
      <MailView address={at("/mailbox/kinds/*", name)} view={view} mail={mail} />
    </WidePage>
  );
}
