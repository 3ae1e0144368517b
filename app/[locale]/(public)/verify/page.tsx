import { type Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";

import { ReadingPage } from "@/components/layout/reading-page";
import { linkClass } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { ProofCheck } from "@/components/verify/proof-check";
import {
  BUNDLE_PARTS,
  CONSISTENCY_PARTS,
  PROOF_FIELDS,
  PROOF_PARTS,
  type ProofWords,
} from "@/components/verify/proof-words";
import { ACKNOWLEDGEMENT_ANSWERS } from "@/db/vocabulary/policies";
import type { Locale } from "@/db/vocabulary/languages";
import { listRecordKeys } from "@/domain/audit/checkpoint";
import { publicContext } from "@/server/public-context";
import { publicMetadata } from "@/server/public-metadata";

/** Not pages, so no link of the site's own: they have no language. */
const TOOLS = [
  ["script", "/verify.mjs"],
  ["bundle", "/verify-bundle.mjs"],
  ["list", "/verify-list.mjs"],
  ["checkpoints", "/verify-checkpoints.mjs"],
  ["python", "/verify.py"],
  ["keys", "/.well-known/gaozhi/keys"],
  ["checkpoint", "/.well-known/gaozhi/checkpoint"],
  ["feed", "/.well-known/gaozhi/checkpoints"],
] as const;

const COMMANDS = [
  ["withNode", "node verify.mjs proof.json keys.json"],
  ["withPython", "python3 verify.py --keys keys.json proof.json"],
] as const;

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "verify" });
  return publicMetadata({ locale, path: "/verify", title: t("title"), description: t("lead") });
}

/** A proof is checked in the reader's own browser, by the same file that they may take away. */
export default async function VerifyPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const [t, keys] = [
    await getTranslations("verify"),
    await listRecordKeys(await publicContext(), {}),
  ];
  const points = ["one", "two", "three"] as const;
  const list = "list-disc space-y-1 pl-5";
  return (
    <ReadingPage title={t("title")} lead={t("lead")}>
      <noscript>
        <p className="mb-6">{t("noScript")}</p>
      </noscript>
      <ProofCheck
        words={await proofWords()}
        locale={locale}
        keys={keys.map(({ publicKey }) => publicKey)}
      />
      <div className="mt-8 grid gap-x-14 gap-y-8 md:grid-cols-2">
        <div>
          <Section title={t("proves.title")}>
            <ul className={list}>
              {points.map((point) => (
                <li key={point}>{t(`proves.${point}`)}</li>
              ))}
            </ul>
          </Section>
        </div>
        <div>
          <Section title={t("not.title")}>
            <ul className={list}>
              {points.map((point) => (
                <li key={point}>{t(`not.${point}`)}</li>
              ))}
            </ul>
          </Section>
        </div>
      </div>
      <Section title={t("tools.title")}>
        <ul className={list}>
          {TOOLS.map(([word, href]) => (
            <li key={word}>
              <a href={href} className={linkClass("text")}>
                {t(`tools.${word}`)}
              </a>
            </li>
          ))}
        </ul>
        {COMMANDS.map(([word, command]) => (
          <p key={word} className="mt-2">
            {t(`tools.${word}`)}
            <code className="bg-sunken text-small mt-1 block rounded-md px-3 py-2 font-mono wrap-anywhere">
              {command}
            </code>
          </p>
        ))}
      </Section>
    </ReadingPage>
  );
}

async function proofWords(): Promise<ProofWords> {
  const t = await getTranslations("verify");
  return {
    ...{ choose: t("choose"), drop: t("drop"), file: t("file"), checking: t("checking") },
    ...{ holds: t("holds"), holdsText: t("holdsText"), fails: t("fails"), failsAt: t("failsAt") },
    ...{ stranger: t("stranger"), strangerText: t("strangerText"), unread: t("unread") },
    ...{ cannot: t("cannot"), cannotText: t("cannotText"), steps: t("steps"), says: t("says") },
    ...{ content: t("content"), erased: t("erased"), notChecked: t("notChecked") },
    ...{ recorded: t("recorded"), sealed: t("sealed"), place: t("place"), of: t("of") },
    ...{ origin: t("origin"), key: t("key"), action: t("action") },
    fields: PROOF_FIELDS.map((name) => [name, t(`fields.${name}`)]),
    answers: Object.fromEntries(ACKNOWLEDGEMENT_ANSWERS.map((one) => [one, t(`answers.${one}`)])),
    bundle: {
      holds: t("bundle.holds", { files: "{files}", proofs: "{proofs}" }),
      fails: t("bundle.fails", { file: "{file}" }),
      failsAt: t("bundle.failsAt", { byte: "{byte}" }),
      ...{ records: t("bundle.records"), bound: t("bundle.bound"), stamps: t("bundle.stamps") },
      stamp: t("bundle.stamp", { at: "{at}", proofs: "{proofs}" }),
      stampNote: t("bundle.stampNote"),
      parts: Object.fromEntries(BUNDLE_PARTS.map((part) => [part, t(`bundle.part.${part}`)])),
    },
    list: {
      holds: t("list.holds", { proofs: "{proofs}" }),
      ...{ holdsText: t("list.holdsText"), at: t("list.at", { number: "{number}" }) },
    },
    checkpoints: {
      holds: t("checkpoints.holds"),
      holdsText: t("checkpoints.holdsText", { size: "{size}" }),
      ...{ earlier: t("checkpoints.earlier"), later: t("checkpoints.later") },
      parts: Object.fromEntries(
        CONSISTENCY_PARTS.map((part) => [part, t(`checkpoints.part.${part}`)]),
      ),
    },
    parts: PROOF_PARTS.map((part) => ({
      ...{ part, ok: t(`part.${part}.ok`), bad: t(`part.${part}.bad`) },
    })),
  };
}
