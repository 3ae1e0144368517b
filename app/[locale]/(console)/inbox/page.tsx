import { getTranslations } from "next-intl/server";

import { InboxPage } from "@/app/[locale]/_inbox/inbox-page";
import type { InboxSearch } from "@/app/[locale]/_inbox/place";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<InboxSearch> };

export async function generateMetadata() {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

export default function Page({ params, searchParams }: Props) {
  return <InboxPage params={params} searchParams={searchParams} room="" />;
}
