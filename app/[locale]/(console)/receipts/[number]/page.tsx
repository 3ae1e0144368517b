import { getLocale, getTranslations } from "next-intl/server";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import { Sealing } from "@/components/audit/sealing";
import { Letterhead } from "@/components/layout/lockup";
import { StopGuide } from "@/components/policies/stop-guide";
import { Banner } from "@/components/ui/banner";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { Hash } from "@/components/ui/hash";
import { KeepActions } from "@/components/ui/keep-actions";
import { Link, linkClass } from "@/components/ui/link";
import { ProofSheet } from "@/components/ui/proof-sheet";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { ADVISED_ROLES } from "@/db/vocabulary/access";
import { membershipIn } from "@/domain/access/permissions";
import type { Actor } from "@/domain/context";
import type { SealedProof } from "@/domain/audit/proof";
import { type AppStops, listAppStops } from "@/domain/policies/app-stops";
import { findReceipt, readReceiptProof, type Receipt } from "@/domain/policies/own-answers";
import { readStopGuide, type StopWay } from "@/domain/policies/stop-guide";
import { at, withLanguage } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { publicAddress } from "@/server/public-metadata";
import { requireContext } from "@/server/session";
import { localeIn } from "@/server/text-sheet";
import { shanghaiDay } from "@/lib/shanghai";
import { contactMail, vendorName } from "@/server/vendor";
import { answerGiven } from "@/wording/answer-given";

import { StopStatements } from "./_components/stop-statements";

type Props = {
  params: Promise<{ number: string }>;
  searchParams: Promise<{ new?: string }>;
};

export async function generateMetadata({ params }: Props) {
  const [t, { number }] = [await getTranslations("acknowledgements"), await params];
  return { title: t("receipt.title", { number }) };
}

export default async function ReceiptPage({ params, searchParams }: Props) {
  const ctx = await requireContext("policy.readOwnAnswers");
  const { number } = await params;
  const receipt = await orNotFound(findReceipt(ctx, { receiptNumber: number }));
  const proof = await readReceiptProof(ctx, { receiptNumber: number });
  const isNew = (await searchParams).new === "1";

  return (
    <>
      <ReadAbout ctx={ctx} subjectIds={[receipt.id]} />
      <AnswerSheet receipt={receipt} proof={proof} isNew={isNew} />
      {receipt.answer === "acknowledged" || receipt.withdrawal ? (
        <NextStep receipt={receipt} />
      ) : (
        <AfterDisagreement
          receipt={receipt}
          ways={await readStopGuide(ctx, receipt)}
          apps={await listAppStops(ctx, receipt)}
          mayState={mayState(ctx.actor, receipt.accountId)}
          contact={await contactMail()}
          now={ctx.now}
        />
      )}
    </>
  );
}

type AnswerSheetProps = { receipt: Receipt; proof: SealedProof | null; isNew: boolean };

/** What was answered, in the words that were shown. */
async function AnswerSheet({ receipt, proof, isNew }: AnswerSheetProps) {
  const t = await getTranslations("acknowledgements.receipt");
  const locale = localeIn(await getLocale());
  const { receiptNumber: number, answer, withdrawal } = receipt;
  return (
    <ProofSheet
      crumbs={[{ href: "/acknowledgements", label: t("crumb") }]}
      notice={
        isNew && (
          <Banner tone="ok" role="status" title={t("newTitle")}>
            {receipt.mail && t(`mail.${receipt.mail.state}`, { email: receipt.mail.address })}
          </Banner>
        )
      }
      head={<Letterhead owner={vendorName(locale)} />}
      kind={t("name")}
      number={number}
      sentence={receipt.statement}
      sentenceLang={receipt.locale}
      check={
        <>
          <h2 className="text-ui text-ink-muted">{t("hash")}</h2>
          <Hash value={receipt.contentHash} full />
          <p className="text-ink-muted text-small mt-2">{t("proof")}</p>
          <Sealing proof={proof} />
        </>
      }
      stamp={{
        look: answer === "acknowledged" ? "seal" : "plain",
        word: t(`stamp.${answer}`),
        at: receipt.answeredAt,
      }}
      keep={
        <KeepActions
          page={withLanguage(locale, at("/receipts/*/receipt.html", number))}
          file={withLanguage(locale, at("/receipts/*/receipt.txt", number))}
          data={withLanguage(locale, at("/receipts/*/receipt.json", number))}
          {...(proof && { proof: withLanguage(locale, at("/receipts/*/proof.json", number)) })}
          address={publicAddress(locale, at("/receipts/*", number))}
          check={publicAddress(locale, "/verify")}
        />
      }
    >
      {withdrawal && (
        <div className="mb-5">
          <Banner tone="plain" title={t("withdrawn")}>
            {t("withdrawnWhy", { reason: withdrawal.reason })}
          </Banner>
        </div>
      )}
      <ReceiptFacts receipt={receipt} />
    </ProofSheet>
  );
}

/** Whoever has accepted, or was asked about what never came, has nothing to do and may want to read it again. */
async function NextStep({ receipt }: { receipt: Receipt }) {
  const t = await getTranslations("acknowledgements.receipt.next");
  return (
    <section className="mt-8 print:hidden">
      <h2 className="text-h4">{t("title")}</h2>
      <p className="max-w-measure mt-1 mb-3">{t(receipt.withdrawal ? "withdrawn" : "accepted")}</p>
      <Buttons>
        <ButtonLink href="/home">{t("home")}</ButtonLink>
        <ButtonLink href={at("/policies/*/*", receipt.slug, receipt.label)}>{t("read")}</ButtonLink>
      </Buttons>
    </section>
  );
}

async function ReceiptFacts({ receipt }: { receipt: Receipt }) {
  const [t, answer, locale] = await Promise.all([
    getTranslations("acknowledgements.receipt"),
    getTranslations("acknowledgements.answer"),
    getLocale(),
  ]);
  const version = at("/policies/*/*", receipt.slug, receipt.label);
  return (
    <Facts
      facts={[
        { term: t("answer"), value: answer(receipt.answer) },
        {
          term: t("account"),
          value: t("accountText", { account: receipt.accountName, uin: receipt.uin }),
        },
        { term: t("person"), value: `${receipt.personName} · ${t(`role.${receipt.memberRole}`)}` },
        { term: t("answeredAt"), value: <Time at={receipt.answeredAt} form="full" /> },
        {
          term: t("version"),
          value: (
            <>
              <Link href={version}>
                {t("versionText", { title: receipt.titles[locale], label: receipt.label })}
              </Link>
              {receipt.isCorrectedSince && (
                <p className="text-small mt-1">
                  {t("correctedSince")}{" "}
                  <a
                    href={`${withLanguage(locale, version)}.html?text=${receipt.contentHash}`}
                    className={linkClass()}
                  >
                    {t("textAnswered")}
                  </a>
                </p>
              )}
            </>
          ),
        },
        {
          term: t(receipt.withdrawal ? "plannedAt" : "effectiveAt"),
          value: receipt.effectiveAt ? <Time at={receipt.effectiveAt} form="full" /> : "",
        },
        ...(receipt.reason ? [{ term: t("reason"), value: receipt.reason }] : []),
        ...answerGiven(receipt, locale).map(([term, value]) => ({
          term,
          value: <span className="wrap-anywhere">{value}</span>,
        })),
      ]}
    />
  );
}

type AfterDisagreementProps = {
  receipt: Receipt;
  ways: readonly StopWay[];
  apps: readonly AppStops[];
  mayState: boolean;
  contact: string;
  now: Date;
};

/** Who does not agree stops: how, and the ways out of it, leaving the account or agreeing after all (P04). */
async function AfterDisagreement(props: AfterDisagreementProps) {
  const { receipt, ways, apps, mayState, contact, now } = props;
  const t = await getTranslations("acknowledgements.stop");
  const isInForce = receipt.effectiveAt !== null && receipt.effectiveAt <= now;
  return (
    <>
      <Section id="stop" title={t("title")}>
        <p className="max-w-measure mb-3">{t(isInForce ? "now" : "before")}</p>
        <StopGuide
          ways={ways}
          version={{ href: at("/policies/*/*", receipt.slug, receipt.label), label: receipt.label }}
          contact={contact}
        />
        <p className="max-w-measure mt-4 mb-3">{t("leave")}</p>
        <Buttons>
          <ButtonLink href={at("/account/deregistration", { account: receipt.accountId })}>
            {t("deregister")}
          </ButtonLink>
          <ButtonLink href={at("/settings")}>{t("export")}</ButtonLink>
          <ButtonLink href={at("/acknowledgements/*", receipt.versionId)}>{t("agree")}</ButtonLink>
        </Buttons>
      </Section>
      <StopStatements apps={apps} mayState={mayState} today={shanghaiDay(now)} />
    </>
  );
}

const mayState = (actor: Actor, accountId: string): boolean =>
  ADVISED_ROLES.some((role) => role === membershipIn(actor, accountId).role);
