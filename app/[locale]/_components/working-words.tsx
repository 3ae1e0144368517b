import { NextIntlClientProvider, useLocale } from "next-intl";

import { messagesForWorking } from "@/messages";

/** Around pages with forms: what those may have to say. A page that is only read does without. */
export function WorkingWords({ children }: { children: React.ReactNode }) {
  const locale = useLocale();
  return (
    <NextIntlClientProvider locale={locale} messages={messagesForWorking(locale)}>
      {children}
    </NextIntlClientProvider>
  );
}
