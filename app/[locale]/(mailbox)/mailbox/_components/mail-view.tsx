import { getTranslations } from "next-intl/server";

import { TabLinks } from "@/components/ui/tabs";
import { type Address, withQuery } from "@/lib/addresses";

type Props = {
  address: Address;
  view: string | undefined;
  mail: { subject: string; html: string | null; text: string | null };
};

/** A mail as a mail program shows it: no scripts; links open in a window of their own. */
export async function MailView({ address, view, mail: { subject, html, text } }: Props) {
  const t = await getTranslations("mailbox");
  const isText = view === "text";
  return (
    <>
      <div className="mt-6">
        <TabLinks
          label={t("view")}
          tabs={[
            { href: address, label: t("html"), current: !isText },
            {
              href: withQuery(address, { view: "text" }),
              label: t("text"),
              current: isText,
            },
          ]}
        />
      </div>
      {isText ? (
        <pre className="text-ui mt-4 font-mono break-words whitespace-pre-wrap">
          {text ?? t("noText")}
        </pre>
      ) : (
        <iframe
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={html ?? t("noHtml")}
          title={t("frame", { subject })}
          className="border-line mt-4 block h-[85dvh] min-h-200 w-full rounded-md border bg-[#ffffff]"
        />
      )}
    </>
  );
}
