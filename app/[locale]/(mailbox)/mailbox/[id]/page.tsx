import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { connection } from "next/server";

import { Breadcrumb } from "@/components/ui/breadcrumb";
import { WidePage } from "@/components/layout/reading-page";
import { Facts } from "@/components/ui/facts";
import { Time } from "@/components/ui/time";
import { at } from "@/lib/addresses";
import { readMail } from "@/lib/mailbox";

import { EventStatus } from "../_components/event-status";
import { MailView } from "../_components/mail-view";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ view?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("mailbox");
  return { title: t("title"), robots: { index: false } };
}

export default async function MailPage({ params, searchParams }: Props) {
  await connection();
  const [{ id }, { view }] = await Promise.all([params, searchParams]);
  const [t, mail] = await Promise.all([getTranslations("mailbox"), readMail(id)]);
  if (!mail) notFound();

  return (
    <WidePage
      above={<Breadcrumb crumbs={[{ href: "/mailbox", label: t("back") }]} />}
      title={mail.subject}
    >
      <Facts
        facts={[
          { term: t("from"), value: mail.from },
          { term: t("to"), value: mail.to.join(", ") },
          { term: t("time"), value: <Time at={mail.at} form="full" /> },
          { term: t("state"), value: <EventStatus event={mail.lastEvent} /> },
        ]}
      />
      <MailView address={at("/mailbox/*", id)} view={view} mail={mail} />
    </WidePage>
  );
}
