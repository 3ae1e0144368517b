import { getLocale, getTranslations } from "next-intl/server";

import { Breadcrumb } from "@/components/ui/breadcrumb";
import { WidePage } from "@/components/layout/reading-page";
import { Link } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import { at } from "@/lib/addresses";
import { listMailExamples } from "@/server/mail-preview";

export async function generateMetadata() {
  const t = await getTranslations("mailbox");
  return { title: t("kinds.title"), robots: { index: false } };
}

/** Every kind of mail and its variants, with invented facts. */
export default async function MailKindsPage() {
  const [t, locale] = await Promise.all([getTranslations("mailbox"), getLocale()]);
  const examples = await listMailExamples(locale);
  return (
    <WidePage
      above={<Breadcrumb crumbs={[{ href: "/mailbox", label: t("back") }]} />}
      title={t("kinds.title")}
      lead={t("kinds.lead")}
    >
      <Table
        caption={t("kinds.title")}
        rows={examples}
        rowKey={({ name }) => name}
        columns={[
          {
            header: t("subject"),
            rowHeader: true,
            cell: ({ name, subject }) => (
              <Link href={at("/mailbox/kinds/*", name)} tone="main">
                {subject}
              </Link>
            ),
          },
          { header: t("kinds.name"), cell: ({ name }) => <code>{name}</code> },
          {
            header: t("kinds.size"),
            nowrap: true,
            align: "end",
            cell: ({ html }) =>
              t("kinds.kilobytes", { size: Math.ceil(Buffer.byteLength(html) / 1024) }),
          },
        ]}
      />
    </WidePage>
  );
}
