import { getLocale, getTranslations } from "next-intl/server";

import { Letterhead } from "@/components/layout/lockup";
import { DueDateSteps } from "@/components/requests/due-date-steps";
import { RightSentence } from "@/components/requests/right-sentence";
import { TermBar } from "@/components/requests/term-bar";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { KeepActions } from "@/components/ui/keep-actions";
import { Icon } from "@/components/ui/icon";
import { ProofSheet } from "@/components/ui/proof-sheet";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { readOwnRequest } from "@/domain/requests/read-own";
import { RIGHTS } from "@/domain/requests/rights";
import { at, withLanguage } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";
import { orNotFound } from "@/server/or-not-found";
import { publicAddress } from "@/server/public-metadata";
import { requireContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";
import { vendorName } from "@/server/vendor";

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
  const [t, filing, type] = await Promise.all([
    getTranslations("requests.filing.submitted"),
    getTranslations("requests.filing"),
    getTranslations("requests.type"),
  ]);
  const locale = localeIn(await getLocale());
  const date = formatDate(shanghaiMidnight(request.dueDate), locale);
  return (
    <>
      <ProofSheet
        head={<Letterhead owner={vendorName(locale)} />}
        kind={
          <span className="text-ink inline-flex items-center gap-1.5">
            <Icon name="check" className="text-ok" />
            {t("title")}
          </span>
        }
        number={request.number}
        sentence={t("due", { date })}
        check={
          <>
            {request.isDueProvisional && <p className="text-warn mb-1">{t("provisional")}</p>}
            <div className="print:hidden">
              <DueDateSteps {...request.due} isProvisional={request.isDueProvisional} />
            </div>
          </>
        }
        stamp={{ look: "plain", word: t("stamp"), at: request.receivedAt }}
        keep={
          <KeepActions
            file={withLanguage(locale, at("/requests/*/submitted/confirmation.txt", number))}
            address={publicAddress(locale, at("/requests/*", number))}
          />
        }
      >
        <Facts
          facts={[
            { term: filing("check.terms.type"), value: type(request.type) },
            { term: filing("list.received"), value: <Time at={request.receivedAt} form="full" /> },
          ]}
        />
        <div className="mt-6">
          <TermBar term={request.due.term} wide={{ ...request.due, dueDate: request.dueDate }} />
        </div>
      </ProofSheet>
      <RightSentence sentence={RIGHTS[request.type].sentence} />
      <Section title={t("next")}>
        <ol className="max-w-measure list-decimal space-y-1 pl-5">
          <li>{t("steps.mail")}</li>
          <li>{t("steps.verify")}</li>
          <li>{t("steps.answer")}</li>
        </ol>
        <Buttons className="mt-6">
          <ButtonLink href={at("/requests/*", number)} variant="primary">
            {t("open")}
          </ButtonLink>
        </Buttons>
      </Section>
    </>
  );
}
