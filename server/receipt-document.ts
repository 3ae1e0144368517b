import type { Locale } from "@/db/vocabulary/languages";
import type { Receipt } from "@/domain/policies/own-answers";
import type { PolicyCopy } from "@/domain/policies/read-copy";
import type { StopWay } from "@/domain/policies/stop-guide";
import { at } from "@/lib/addresses";
import { formatDateTime } from "@/lib/format";
import { localized } from "@/lib/localized";
import { escapeHtml } from "@/lib/mail-template";
import { translator } from "@/messages/translator";
import { readText } from "@/text/offload";
import { changeHtml, writeHtml } from "@/text/write-html";
import { answerGiven } from "@/wording/answer-given";

import { plainDocument } from "./plain-document";
import { publicAddress } from "./public-metadata";

type About = {
  receipt: Receipt;
  /** What was answered: the version under the receipt's own fingerprint, in the language of the sentence. */
  copy: PolicyCopy;
  vendor: string;
  locale: Locale;
  /** Of who disagreed: how to stop, platform by platform. */
  ways: readonly StopWay[];
  now: Date;
};

/**
 * A receipt as a page for paper: the sentence, who and when, what follows, and below it the change list
 * and the whole text that were answered (P04). It opens anywhere, without this portal.
 */
export async function receiptDocument(about: About): Promise<string> {
  const { receipt, copy, vendor, locale } = about;
  const t = translator(locale, "acknowledgements");
  const { receiptNumber: number } = receipt;
  const address = publicAddress(locale, at("/receipts/*", number));
  const title = t("receipt.title", { number });
  return plainDocument({
    locale,
    title: `${title} · ${vendor}`,
    main: [
      `<p>${escapeHtml(vendor)}</p><h1>${escapeHtml(title)}</h1>`,
      `<blockquote class="mark" lang="${receipt.locale}">${escapeHtml(receipt.statement)}</blockquote>`,
      factList(factsOf(about)),
      `<h2>${t("receipt.next.title")}</h2>`,
      ...nextSteps(about),
      ...changeList(about),
      `<h2>${escapeHtml(versionName(about, receipt.locale))}</h2>`,
      `<div lang="${copy.text.locale}">`,
      writeHtml(await readText(copy.text.body)),
      "</div>",
    ],
    footer: [`<p>${t("receipt.proof")}</p>`, `<p>${link(address)}</p>`],
  });
}

const link = (address: string): string =>
  `<a href="${escapeHtml(address)}">${escapeHtml(address)}</a>`;

const versionName = ({ receipt }: About, locale: Locale): string =>
  translator(locale, "acknowledgements")("receipt.versionText", {
    title: receipt.titles[locale],
    label: receipt.label,
  });

function factsOf(about: About): [term: string, value: string][] {
  const { receipt, locale } = about;
  const t = translator(locale, "acknowledgements");
  const { withdrawal, reason, effectiveAt, contentHash } = receipt;
  return [
    [t("receipt.answer"), t(`answer.${receipt.answer}`)],
    [
      t("receipt.account"),
      t("receipt.accountText", { account: receipt.accountName, uin: receipt.uin }),
    ],
    [t("receipt.person"), `${receipt.personName} · ${t(`receipt.role.${receipt.memberRole}`)}`],
    [t("receipt.answeredAt"), formatDateTime(receipt.answeredAt, locale)],
    [t("receipt.version"), versionName(about, locale)],
    ...(effectiveAt
      ? [
          [
            t(withdrawal ? "receipt.plannedAt" : "receipt.effectiveAt"),
            formatDateTime(effectiveAt, locale),
          ] satisfies [string, string],
        ]
      : []),
    ...(withdrawal
      ? [[t("receipt.withdrawnShort"), withdrawal.reason] satisfies [string, string]]
      : []),
    ...(reason ? [[t("receipt.reason"), reason] satisfies [string, string]] : []),
    ...answerGiven(receipt, locale),
    [t("receipt.hash"), contentHash],
  ];
}

const factList = (facts: readonly [string, string][]): string =>
  `<dl>${facts.map(([term, value]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>`;

/** The same next step as on the page of the receipt. */
function nextSteps({ receipt, locale, ways, now }: About): string[] {
  const t = translator(locale, "acknowledgements");
  const { withdrawal, effectiveAt, slug, label } = receipt;
  if (withdrawal) return [`<p>${t("receipt.next.withdrawn")}</p>`];
  const read = `<p>${link(publicAddress(locale, at("/policies/*/*", slug, label)))}</p>`;
  if (receipt.answer === "acknowledged") return [`<p>${t("receipt.next.accepted")}</p>`, read];
  const isInForce = effectiveAt !== null && effectiveAt <= now;
  const places = translator(locale, "accounts");
  const listed = ways.map(({ place, text }): [string, string] => [
    place === "api" ? t("stop.api") : places(`platform.${place}`),
    localized(text, locale).text,
  ]);
  return [
    `<p>${t(isInForce ? "stop.now" : "stop.before")}</p>`,
    ...(listed.length > 0 ? [factList(listed)] : []),
    `<p>${t("stop.leave")}</p>`,
    `<p>${link(publicAddress(locale, at("/account/deregistration")))}</p>`,
  ];
}

/** What the version changed, as it was told; a number for each, as a disagreement names them. */
function changeList({ receipt, copy }: About): string[] {
  const { locale } = receipt;
  const { changes } = copy.content;
  if (changes.length === 0) return [];
  const items = changes.map(({ text }) => `<li>${changeHtml(localized(text, locale).text)}</li>`);
  const heading = translator(locale, "policies")("reader.changes");
  return [`<h2>${heading}</h2>`, `<ol lang="${locale}">${items.join("")}</ol>`];
}
