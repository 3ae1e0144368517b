import { useTranslations } from "next-intl";

import { Banner } from "@/components/ui/banner";

/** Says where sign-in leads, so that a link from a mail is seen to be kept. */
export function Destination({ path }: { path: string }) {
  const t = useTranslations("access.destination");
  if (path === "") return null;
  return (
    <div className="mb-6">
      <Banner tone="info">{t("text", { place: t(placeOf(path)) })}</Banner>
    </div>
  );
}

function placeOf(path: string) {
  const section = path.split(/[/?#]/)[2];
  switch (section) {
    case "acknowledgements":
      return "acknowledgement";
    case "receipts":
      return "receipt";
    case "inbox":
      return "inbox";
    case "ops":
      return "ops";
    case "requests":
      return "requests";
    default:
      return "page";
  }
}
