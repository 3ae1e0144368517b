import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { connection } from "next/server";

import { Facts } from "@/components/ui/facts";
import { PageHead } from "@/components/ui/page-head";
import { Status } from "@/components/ui/status";
import { TabLinks } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { at } from "@/lib/addresses";
import { readMail } from "@/lib/mailbox";

import { eventStatus } from "../_components/event-status";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ view?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("mailbox");
  return { title: t("title"), robots: { index: false } };
}

export default async function MailPage({ params, searchParams }: Props) {
  await connection();
  const { id } = await params;
  const [t, mail] = await Promise.all([getTranslations("mailbox"), readMail(id)]);
  if (!mail) notFound();
  const isText = (await searchParams).view === "text";
  const { tone, word } = eventStatus(mail.lastEvent);

  return (
    <>
      <PageHead crumbs={[{ href: "/mailbox", label: t("back") }]} title={mail.subject} />
      <Facts
        facts={[
          { term: t("from"), value: mail.from },
          { term: t("to"), value: mail.to.join(", ") },
          { term: t("time"), value: <Time at={mail.at} form="full" /> },
          { term: t("state"), value: <Status tone={tone}>{t(`events.${word}`)}</Status> },
        ]}
      />
      <div className="mt-6">
        <TabLinks
          label={t("view")}
          tabs={[
            { href: at("/mailbox/*", id), label: t("html"), current: !isText },
            { href: at("/mailbox/*", id, { view: "text" }), label: t("text"), current: isText },
          ]}
        />
      </div>
      {isText ? (
        <pre className="text-ui mt-4 font-mono break-words whitespace-pre-wrap">
          {mail.text ?? t("noText")}
        </pre>
      ) : (
        // As a mail program shows it: no scripts; links open in a window of their own.
        <iframe
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={mail.html ?? t("noHtml")}
          title={t("frame", { subject: mail.subject })}
          className="border-line mt-4 block h-[85dvh] min-h-200 w-full rounded-md border bg-[#ffffff]"
        />
      )}
    </>
  );
}
