import { getTranslations } from "next-intl/server";

import { InboxPage, type InboxSearch } from "@/app/[locale]/_inbox/inbox-page";

type Props = { searchParams: Promise<InboxSearch> };

export async function generateMetadata() {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

export default function Page({ searchParams }: Props) {
  return <InboxPage searchParams={searchParams} room="/ops" />;
}
