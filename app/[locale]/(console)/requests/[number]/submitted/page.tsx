import { getLocale, getTranslations } from "next-intl/server";

import { DueDateSteps } from "@/components/requests/due-date-steps";
import { TermBar } from "@/components/requests/term-bar";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { KeepActions } from "@/components/ui/keep-actions";
import { Time } from "@/components/ui/time";
import { readOwnRequest } from "@/domain/requests/read-own";
import { at, withLanguage } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { orNotFound } from "@/server/or-not-found";
import { publicAddress } from "@/server/public-metadata";
import { requireContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";

type Props = { params: Promise<{ number: string }> };

export async function generateMetadata() {
  const t = await getTranslations("requests.filing.submitted");
  return { title: t("title") };
}

/** The confirmation: the number, by when it is answered and why then, what happens next. */
export default async function SubmittedPage({ params }: Props) {
  const ctx = await requireContext("request.readOwn");
  const { number } = await params;
  const request = await orNotFound(readOwnRequest(ctx, { number }));
  const [t, type] = await Promise.all([
    getTranslations("requests.filing.submitted"),
    getTranslations("requests.type"),
  ]);
  const locale = localeIn(await getLocale());
  const date = formatDate(shanghaiMidnight(request.dueDate), locale);
  return (
    <div className="max-w-measure">
      <section className="bg-ok-soft mb-8 rounded-md px-6 py-8 text-center forced-colors:border">
        <h1 className="text-h2 flex items-center justify-center gap-2">
          <Icon name="check" className="text-ok" />
          {t("title")}
        </h1>
        <p className="mt-3">{t("number")}</p>
        <p className="text-h2 font-mono">{request.number}</p>
        <p className="mt-2">
          {type(request.type)} · <Time at={request.receivedAt} form="full" />
        </p>
      </section>
      <h2 className="text-h4">{t("due", { date })}</h2>
      <div className="my-4">
        <TermBar term={request.due.term} wide={{ ...request.due, dueDate: request.dueDate }} />
      </div>
      {request.isDueProvisional && <p className="text-warn mt-1">{t("provisional")}</p>}
      <div className="print:hidden">
        <DueDateSteps {...request.due} isProvisional={request.isDueProvisional} />
      </div>
      <h2 className="text-h4 mt-8">{t("next")}</h2>
      <ol className="mt-2 list-decimal space-y-1 pl-5">
        <li>{t("steps.mail")}</li>
        <li>{t("steps.verify")}</li>
        <li>{t("steps.answer")}</li>
      </ol>
      <Buttons className="mt-8">
        <ButtonLink href={at("/requests/*", number)} variant="primary">
          {t("open")}
        </ButtonLink>
      </Buttons>
      <KeepActions
        file={withLanguage(locale, at("/requests/*/submitted/confirmation.txt", number))}
        address={publicAddress(locale, at("/requests/*", number))}
      />
    </div>
  );
}
