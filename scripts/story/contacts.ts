import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { apps, contactConfirmations } from "@/db/schema";
import { addContact } from "@/domain/accounts/add-contact";
import { declareOwnApp } from "@/domain/accounts/declare-app";
import { verifyContact } from "@/domain/accounts/verify-contact";
import { ANONYMOUS, type Context } from "@/domain/context";
import { contactToken } from "@/domain/accounts/contact-token";
import { listContactCards } from "@/domain/policies/contact-card";
import { decideContactCard } from "@/domain/policies/decide-contact-card";
import { proposeContactCard } from "@/domain/policies/propose-contact-card";
import { shanghaiDay } from "@/lib/shanghai";

import { APPROVER, AUTHOR, DEMO_APPS } from "../people";
import { morning, type Teller } from "./teller";

const HOUR = 3_600_000;

/** Who answers for the guides, as their texts say it. */
export async function enterContactCard({ as }: Teller, at: Date): Promise<void> {
  const author = await as(AUTHOR, at);
  await proposeContactCard(author, {
    since: shanghaiDay(at),
    mail: "privacy@yunqiao.example",
    lines: {
      name: { "zh-CN": "云桥科技", en: "Yunqiao Technology" },
      address: { "zh-CN": "深圳市示例路1号", en: "1 Example Road, Shenzhen" },
      team: { "zh-CN": "数据保护组", en: "Data Protection" },
      person: { "zh-CN": "个人信息保护负责人", en: "Personal information protection officer" },
      service: { "zh-CN": "控制台“支持与帮助”", en: "“Support and help” in the console" },
      post: {
        "zh-CN": "深圳市示例路1号 云桥科技 数据保护组（收）",
        en: "Data Protection, Yunqiao Technology, 1 Example Road, Shenzhen",
      },
    },
  });
  const { waiting } = await listContactCards(author, {});
  await decideContactCard(await as(APPROVER, new Date(at.getTime() + 60_000)), {
    ...{ cardId: waiting?.card.id ?? "", decision: "approved", reason: "" },
  });
}

/** One account's security contact has confirmed; another's has not, so its owner stands in. */
export async function nameContacts({ as, started }: Teller): Promise<void> {
  const lastMonth = new Date(started.getTime() - 30 * 24 * HOUR);
  const owner = await as("lin.zhiyuan@qinghe.example", lastMonth);
  const duty = await add(owner, { kind: "security", email: "security@qinghe.example" }, "安全值班");
  await confirm(owner, duty);

  const teacher = await as("lu.shiyu@luming.example", new Date(started.getTime() - 2 * HOUR));
  await add(teacher, { kind: "security", email: "anquan@luming.example" }, "安全小组");
}

/** What the owners declared of their apps in the spring; two apps' owners have yet to say. */
export async function declareApps({ as, started }: Teller): Promise<void> {
  for (const { sdkAppId, declared } of DEMO_APPS) {
    if (!declared) continue;
    const owner = await as(declared.by, morning(started, 180));
    const [app] = await (owner.tx ?? db).select().from(apps).where(eq(apps.sdkAppId, sdkAppId));
    const [isOfAge, isForChildren, hasGuardianConsent] = declared.minors ?? [];
    const [isEstablished, offers, monitors] = declared.eea ?? [];
    await declareOwnApp(owner, {
      ...{ appId: app?.id ?? "", others: false },
      minors: { isOfAge, isForChildren, hasGuardianConsent },
      eea: { isEstablished, offers, monitors },
    });
  }
}

type Named = Pick<Parameters<typeof addContact>[1], "kind" | "email">;

async function add(ctx: Context, named: Named, name: string): Promise<string> {
  const accountId = ctx.actor.kind === "person" ? (ctx.actor.memberships[0]?.accountId ?? "") : "";
  const { id } = await addContact(ctx, { accountId, name, ...named });
  return id;
}

/** The contact presses the link of the mail an hour later. */
async function confirm({ now, tx }: Context, contactId: string): Promise<void> {
  const [mail] = await (tx ?? db)
    .select({ id: contactConfirmations.id })
    .from(contactConfirmations)
    .where(eq(contactConfirmations.contactId, contactId));
  if (!mail) throw new Error("the contact was asked by no mail");
  await verifyContact(
    { actor: ANONYMOUS, now: new Date(now.getTime() + HOUR), ...(tx && { tx }) },
    { confirmationId: mail.id, token: contactToken(mail.id) },
  );
}
