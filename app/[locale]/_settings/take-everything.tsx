import { useLocale, useTranslations } from "next-intl";

import { Button } from "@/components/ui/button";
import { withLanguage } from "@/lib/addresses";

type Props = { account?: { id: string } };

/**
 * Takes all that is held about the reader, or about an account of theirs, as one zip. A form that works
 * without scripts; posted, for it goes on the record.
 */
export function TakeEverything({ account }: Props) {
  const t = useTranslations("access.ownData");
  const locale = useLocale();
  return (
    <form action={withLanguage(locale, "/settings/own-data.zip")} method="post">
      {account && <input type="hidden" name="account" value={account.id} />}
      <Button type="submit">{t(account ? "account.download" : "download")}</Button>
    </form>
  );
}
