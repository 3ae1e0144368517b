import { NextIntlClientProvider, useLocale } from "next-intl";

import { messagesForWorking } from "@/messages";

/** Around operations and the door, whose own components have words in the browser (messages/index.ts). */
export function WorkingWords({ children }: { children: React.ReactNode }) {
  const locale = useLocale();
  return (
    <NextIntlClientProvider locale={locale} messages={messagesForWorking(locale)}>
      {children}
    </NextIntlClientProvider>
  );
}
