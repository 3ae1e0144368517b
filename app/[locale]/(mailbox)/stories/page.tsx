import { getTranslations } from "next-intl/server";

import { WidePage } from "@/components/layout/reading-page";
import { Breadcrumb } from "@/components/ui/breadcrumb";

import { DrawingStories } from "./_components/drawing-stories";
import { FormStories } from "./_components/form-stories";
import { StateStories } from "./_components/state-stories";
import { TextStories } from "./_components/text-stories";

export async function generateMetadata() {
  const t = await getTranslations("mailbox.stories");
  return { title: t("title"), robots: { index: false } };
}

/**
 * The components that pages share in their states, with invented facts: what an author of a page picks from, and what
 * the checks of barriers, broken words and pictures look at besides the pages.
 */
export default async function StoriesPage() {
  const t = await getTranslations("mailbox.stories");
  return (
    <WidePage
      above={<Breadcrumb crumbs={[{ href: "/mailbox", label: t("back") }]} />}
      title={t("title")}
      lead={t("lead")}
    >
      <FormStories />
      <StateStories />
      <TextStories />
      <DrawingStories />
    </WidePage>
  );
}
