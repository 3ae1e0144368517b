import { readFileSync } from "node:fs";
import { z } from "zod";

import { LOCALES } from "@/db/vocabulary/languages";
import {
  type AcknowledgementAnswer,
  MAJOR_QUESTIONS,
  type VersionCheck,
} from "@/db/vocabulary/policies";
import { grantStaffRoles } from "@/domain/access/grant-staff-role";
import { createAccount } from "@/domain/accounts/create-account";
import { saveApp } from "@/domain/accounts/save-app";
import { saveMember } from "@/domain/accounts/save-member";
import { saveProduct } from "@/domain/accounts/save-product";
import { enterKnownYears } from "@/domain/calendar/known-years";
import { asJob, type Context } from "@/domain/context";
import { answerVersion } from "@/domain/policies/answer";
import { createDocument } from "@/domain/policies/create-document";
import { draftVersion } from "@/domain/policies/draft";
import { editVersion } from "@/domain/policies/edit";
import { explainChecks } from "@/domain/policies/explain-checks";
import { findVersion } from "@/domain/policies/find-version";
import { readStatementFacts } from "@/domain/policies/own-answers";
import { approveVersion } from "@/domain/policies/review";
import { saveStopGuide } from "@/domain/policies/save-stop-guide";
import { submitVersion } from "@/domain/policies/submit";
import { inRoot } from "@/lib/paths";
import { addDays, shanghaiDay } from "@/lib/shanghai";
import { translator } from "@/messages/translator";

import { APPROVER, AUTHOR, DEMO_ACCOUNTS, DEMO_APPS, DEMO_DEVELOPERS, DEMO_STAFF } from "../people";
import { declareApps, enterContactCard, nameContacts } from "./contacts";
import { leaveAccount } from "./deregistration";
import { tellIncidents } from "./incidents";
import { tellRequests } from "./requests";
import { STOP_WAYS } from "./stop-ways";
import { tellStores } from "./stores";
import { syncFromConsole } from "./syncs";
import { morning, type Teller } from "./teller";
import { answerTickets } from "./tickets";
import { tellWays } from "./ways";

const changeFile = z.record(
  z.string(),
  z.array(
    z.object({
      text: z.partialRecord(z.enum(LOCALES), z.string()),
      anchor: z.string().nullable(),
    }),
  ),
);

const ADMIN = "qiao.jingyi@yunqiao.example";
const MINUTE = 60_000;

/**
 * Tells the demo's story through the product's own verbs, as its own people, so that the demo holds
 * no state the product cannot reach.
 */
export async function tellStory(teller: Teller): Promise<void> {
  const { as, started, stage } = teller;
  const yearAgo = morning(started, 300);
  const setup = { ...asJob("setup", yearAgo), ...stage };
  await enterKnownYears(setup);
  for (const { email, name, roles } of DEMO_STAFF)
    await grantStaffRoles(setup, { email, name, roles });
  const product = await saveProduct(setup, {
    slug: "im",
    nameZh: "即时通信",
    nameEn: "Instant Messaging",
    packages: [
      { platform: "android", purl: "pkg:maven/example.yunqiao/im-sdk" },
      { platform: "ios", purl: "pkg:cocoapods/YunqiaoIM" },
      { platform: "web", purl: "pkg:npm/%40yunqiao-example/im-sdk" },
      { platform: "flutter", purl: "pkg:pub/yunqiao_im_example" },
    ],
  });
  await enterAccounts(await as(ADMIN, yearAgo), product.id);
  await enterContactCard(teller, yearAgo);
  await tellPolicies(teller, product.id);
  await syncFromConsole(teller);
  await nameContacts(teller);
  await declareApps(teller);
  await tellStores(teller);
  await tellWays(teller);
  await tellRequests(teller);
  await tellIncidents({ as, started, productId: product.id });
  await answerTickets(teller);
  await leaveAccount(teller);
}

async function enterAccounts(admin: Context, productId: string): Promise<void> {
  const ids = new Map<string, string>();
  for (const account of DEMO_ACCOUNTS)
    ids.set(account.uin, (await createAccount(admin, account)).id);
  const idOf = (uin: string) => ids.get(uin) ?? "";
  for (const { uin, sdkAppId, name, platforms } of DEMO_APPS)
    await saveApp(admin, {
      accountId: idOf(uin),
      sdkAppId,
      name,
      productId,
      apiOnly: Object.keys(platforms).length === 0,
      platforms,
    });
  for (const { uin, ...member } of DEMO_DEVELOPERS)
    await saveMember(admin, { accountId: idOf(uin), ...member });
}

/** Two guides in force, a change of one that has been told, and the next of the other in review. */
async function tellPolicies(teller: Teller, productId: string): Promise<void> {
  const { as, started } = teller;
  const yearAgo = morning(started, 300);
  const guide = await createDocument(await as(AUTHOR, yearAgo), {
    productId,
    slug: "im-privacy-guide",
    kind: "privacy_guide",
    titleZh: "即时通信 SDK 隐私保护指引",
    titleEn: "Instant Messaging SDK Privacy Guide",
    bindingLocale: "zh-CN",
  });
  await saveStopGuide(await as(AUTHOR, yearAgo), { documentId: guide.id, ways: STOP_WAYS });
  await publish(teller, guide.id, { name: "im-privacy-guide", label: "3.1", at: yearAgo });

  const springAgo = morning(started, 200);
  const compliance = await createDocument(await as(AUTHOR, springAgo), {
    productId,
    slug: "developer-compliance-guide",
    kind: "compliance_guide",
    titleZh: "开发者合规指南",
    titleEn: "Developer Compliance Guide",
    bindingLocale: "zh-CN",
  });
  const first = { name: "developer-compliance-guide", label: "2.0", at: springAgo };
  await publish(teller, compliance.id, first);

  const versionId = await publish(teller, guide.id, {
    name: "im-privacy-guide",
    label: "3.2",
    at: later(started, -90),
    effectiveDate: addDays(shanghaiDay(started), 16),
    major: ["service_model", "rights"],
  });
  const given = { versionId, teller };
  await answer("lu.shiyu@luming.example", { ...given, answer: "acknowledged", minutesAgo: 40 });
  await answer("gu.xingye@xingdu.example", { ...given, answer: "disagreed", minutesAgo: 25 });
  await leaveForReview(teller, compliance.id);
}

type Publication = {
  name: string;
  label: string;
  at: Date;
  effectiveDate?: string;
  major?: readonly (typeof MAJOR_QUESTIONS)[number][];
};

/** Drafts, submits and approves a version, each by the person whose work it is. */
async function publish(
  { as }: Teller,
  documentId: string,
  publication: Publication,
): Promise<string> {
  const { at } = publication;
  const version = await write(await as(AUTHOR, at), documentId, publication);
  await explain(await as(AUTHOR, later(at, 4)), version);
  const { contentHash } = await submitVersion(await as(AUTHOR, later(at, 5)), version);
  await approveVersion(await as(APPROVER, later(at, 20)), {
    versionId: version.versionId,
    contentHash,
  });
  return version.versionId;
}

async function write(
  author: Context,
  documentId: string,
  { name, label, at, ...rest }: Publication,
) {
  const { id: versionId } = await draftVersion(author, { documentId, label });
  const { revision } = await editVersion(author, {
    versionId,
    revision: 1,
    label,
    effectiveDate: rest.effectiveDate ?? shanghaiDay(at),
    affectsEndUsers: (rest.major?.length ?? 0) > 0,
    changes: changesOf(`${name}-${label}`),
    majorAnswers: Object.fromEntries(
      MAJOR_QUESTIONS.map((question) => [question, rest.major?.includes(question) ?? false]),
    ),
    texts: textsOf(`${name}-${label}`),
  });
  return { versionId, revision };
}

/** The next compliance guide waits for its reviewer, so that the queue has something in it. */
async function leaveForReview({ as, started }: Teller, documentId: string): Promise<void> {
  const at = later(started, -15);
  const author = await as(AUTHOR, at);
  const { id: versionId } = await draftVersion(author, { documentId, label: "2.1" });
  const texts = textsOf("developer-compliance-guide-2.0");
  const { revision } = await editVersion(author, {
    versionId,
    revision: 1,
    label: "2.1",
    effectiveDate: addDays(shanghaiDay(started), 30),
    affectsEndUsers: false,
    changes: [
      {
        text: {
          "zh-CN": "新增：自查记录应当保存三年，以备核对。",
          en: "Added: records of the self-check are kept for three years.",
        },
        anchor: null,
      },
    ],
    majorAnswers: Object.fromEntries(MAJOR_QUESTIONS.map((question) => [question, false])),
    texts: { "zh-CN": `${texts["zh-CN"] ?? ""}\n\n自查记录应当保存三年，以备核对。\n` },
  });
  await explain(await as(AUTHOR, later(at, 4)), { versionId, revision });
  await submitVersion(await as(AUTHOR, later(at, 5)), { versionId, revision });
}

/** What the author says to the findings of the checks, where they let them stay. */
const EXPLANATIONS: Partial<Record<VersionCheck, string>> = {
  short_notice: "与新版 SDK 的发布日期一致，产品负责人已同意。",
  changes_unexplained: "其余改动只理顺措辞和编号，没有实质影响。",
  consent_needed: "新增的信息只在开发者开启离线推送、终端用户另行同意之后收集。",
  none_of_six: "只补充自查要求，不涉及处理活动。",
};

async function explain(
  author: Context,
  { versionId, revision }: { versionId: string; revision: number },
) {
  const { checks } = await findVersion(author, { versionId });
  const explanations = Object.fromEntries(
    checks.map(({ check, digest }) => [
      check,
      { digest, reason: EXPLANATIONS[check] ?? "已与法务逐项核对，可以保留。" },
    ]),
  );
  await explainChecks(author, { versionId, revision, explanations });
}

type Answer = {
  teller: Teller;
  versionId: string;
  answer: AcknowledgementAnswer;
  minutesAgo: number;
};

async function answer(email: string, { teller, versionId, answer: given, minutesAgo }: Answer) {
  const ctx = await teller.as(email, later(teller.started, -minutesAgo));
  const accountId = ctx.actor.kind === "person" ? (ctx.actor.memberships[0]?.accountId ?? "") : "";
  const subject = { versionId, accountId, locale: "zh-CN" as const };
  const { contentHash, ...facts } = await readStatementFacts(ctx, subject);
  await answerVersion(ctx, {
    ...subject,
    answer: given,
    confirmed: true,
    reason: given === "disagreed" ? "我们的设备无法在七天内完成图片的转存。" : null,
    contentHash,
    statement: translator("zh-CN", "acknowledgements")(`statement.${given}`, facts),
    userAgent: null,
  });
}

function later(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() + minutes * MINUTE);
}

function changesOf(name: string) {
  const all = changeFile.parse(
    JSON.parse(readFileSync(inRoot("scripts", "demo-texts", "changes.json"), "utf8")),
  );
  return all[name] ?? [];
}

function textsOf(name: string): Partial<Record<(typeof LOCALES)[number], string>> {
  return Object.fromEntries(
    LOCALES.flatMap((locale) => {
      try {
        return [
          [locale, readFileSync(inRoot("scripts", "demo-texts", `${name}.${locale}.md`), "utf8")],
        ];
      } catch {
        // A text without a translation: the binding one stands alone.
        return [];
      }
    }),
  );
}
