import { getTranslations } from "next-intl/server";

import { MessagePage } from "@/app/[locale]/_inbox/message-page";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

export default function Page({ params }: Props) {
  return <MessagePage params={params} room="/ops" />;
}
