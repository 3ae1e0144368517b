import { randomUUID } from "node:crypto";

import type { Locale } from "@/db/vocabulary/languages";
import { requestSignIn } from "@/domain/access/request-sign-in";
import { signIn } from "@/domain/access/sign-in";
import { recordSignInMailed } from "@/domain/access/sign-in-mail";
import { ANONYMOUS, asJob, type Context } from "@/domain/context";
import { assignRequest } from "@/domain/requests/assign";
import { proposeDecision } from "@/domain/requests/decide";
import { planDisposal } from "@/domain/requests/disposals";
import { addDraftFile } from "@/domain/requests/draft-files";
import type { Capacity } from "@/domain/requests/filing-steps";
import { readStaffRequest } from "@/domain/requests/read-staff-request";
import { approveDecision } from "@/domain/requests/review";
import { findRouteTarget, routeToDeveloper } from "@/domain/requests/route";
import { saveStep } from "@/domain/requests/save-step";
import { startDraft } from "@/domain/requests/start-draft";
import { submitRequest } from "@/domain/requests/submit";
import { verifyRequest } from "@/domain/requests/verify";
import { addDays, shanghaiDay } from "@/lib/shanghai";
import { newBrowserMark } from "@/domain/access/browser-mark";
import { signInCode } from "@/domain/access/secrets";

import type { Teller } from "./teller";

const APPROVER = "shen.anlan@yunqiao.example";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type Answer = Parameters<typeof saveStep>[1]["answer"];
type Filing = {
  by: string;
  capacity: Capacity;
  answers: Answer[];
  proof?: string;
  day: number;
  locale?: Locale;
};

/** Acts as the people of the story, so many days (and hours after) before it is told. */
export class RequestDesk {
  constructor(private readonly teller: Teller) {}

  at = (day: number, hours = 0): Date =>
    new Date(this.teller.started.getTime() - day * DAY + hours * HOUR);

  as = (email: string, day: number, hours = 0): Promise<Context> =>
    this.teller.as(email, this.at(day, hours));

  /** An end user proves an address, as the door of the site has it. */
  async prove(email: string, day: number): Promise<void> {
    const ctx = { actor: ANONYMOUS, now: this.at(day), ...this.teller.stage };
    const mark = newBrowserMark();
    const visitor = { network: "198.51.100.24", mark, device: "Chrome · Android" };
    const { requestId } = await requestSignIn(ctx, {
      ...{ email, purpose: "prove_address", locale: "zh-CN", returnPath: "", visitor },
    });
    await recordSignInMailed({ ...ctx, ...asJob("mail-sign-in", ctx.now) }, { requestId });
    const tokenHash = randomUUID().replaceAll("-", "").repeat(2);
    const secret = { code: signInCode(requestId) };
    await signIn(ctx, { requestId, secret, tokenHash, visitor });
  }

  async draft({ by, capacity, answers, proof, day }: Filing): Promise<string> {
    const ctx = await this.as(by, day);
    const { draftId } = await startDraft(ctx, { capacity });
    for (const answer of answers) await saveStep(ctx, { draftId, answer });
    if (proof)
      await addDraftFile(ctx, {
        draftId,
        fileName: proof,
        bytes: new TextEncoder().encode(`${proof}\n演示用的材料。\n`),
      });
    return draftId;
  }

  async file(filing: Filing): Promise<string> {
    const draftId = await this.draft(filing);
    const ctx = await this.as(filing.by, filing.day, 0.5);
    const { locale = "zh-CN" } = filing;
    return (await submitRequest(ctx, { draftId, locale })).number;
  }

  /** The case as its handler has it before their eyes. */
  async seen(ctx: Context, number: string) {
    const { revision } = await readStaffRequest(ctx, { number });
    return { number, revision };
  }

  async take(number: string, by: string, day: number): Promise<Context> {
    const ctx = await this.as(by, day, 2);
    const handlerId = ctx.actor.id;
    await assignRequest(ctx, { ...(await this.seen(ctx, number)), handlerId });
    return ctx;
  }

  async verify(number: string, by: string, day: number): Promise<Context> {
    const ctx = await this.as(by, day, 4);
    await verifyRequest(ctx, await this.seen(ctx, number));
    return ctx;
  }

  /** Deletes the profile and the messages, keeps what the law requires. */
  async plan(verified: Context, number: string): Promise<void> {
    const ctx = later(verified, 1);
    const dueDate = addDays(shanghaiDay(ctx.now), 7);
    const none = { holdReason: null, holdText: null };
    for (const store of ["profile", "messages"] as const)
      await planDisposal(ctx, {
        ...(await this.seen(ctx, number)),
        ...{ store, action: "delete", dueDate, ...none },
      });
    await planDisposal(ctx, {
      ...(await this.seen(ctx, number)),
      ...{ store: "logs", action: "hold", dueDate },
      ...{ holdReason: "law", holdText: "网络日志依法留存不少于六个月，到期自动删除。" },
    });
  }

  async propose(
    ctx: Context,
    number: string,
    answer: Pick<Parameters<typeof proposeDecision>[1], "decision" | "code" | "explanation">,
  ): Promise<string> {
    const { decisionId } = await proposeDecision(later(ctx, 2), {
      ...(await this.seen(ctx, number)),
      ...answer,
    });
    return decisionId;
  }

  async route(ctx: Context, number: string, sdkAppId: string): Promise<void> {
    const { target } = await findRouteTarget(ctx, { number, sdkAppId });
    if (!target) throw new Error(`the story has no app ${sdkAppId}`);
    const { appId, accountId } = target;
    await routeToDeveloper(later(ctx, 1), { ...(await this.seen(ctx, number)), appId, accountId });
  }

  async approve(number: string, decisionId: string, day: number): Promise<void> {
    const ctx = await this.as(APPROVER, day, 6);
    await approveDecision(ctx, { ...(await this.seen(ctx, number)), decisionId });
  }
}

/** The same person, some hours later. */
export const later = (ctx: Context, hours: number): Context => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + hours * HOUR),
});
