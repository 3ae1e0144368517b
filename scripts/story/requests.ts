import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { apps } from "@/db/schema";
import { appealDecision } from "@/domain/requests/appeal";
import { completeDisposal } from "@/domain/requests/disposals";
import { readStaffRequest } from "@/domain/requests/read-staff-request";
import { askForMore } from "@/domain/requests/verify";
import { noteOnRequest } from "@/domain/requests/write";
import { writeToHandler } from "@/domain/requests/write-to-handler";

import { type Answer, later, RequestDesk } from "./request-desk";
import type { Teller } from "./teller";

const HANDLER = "jiang.yingxue@yunqiao.example";
const COLLEAGUE = "wen.ruqi@yunqiao.example";
const OWNER = "lin.zhiyuan@qinghe.example";
const TEACHERS = "lu.shiyu@luming.example";
const NORTHWIND = "mira.holt@northwind.example";
/** Two people without any account; an address is all that is known of them. */
const END_USER = "xia.mian@mail.example";
const GUARDIAN = "ye.qingyang@mail.example";

/**
 * Requests in every state somebody may want to see: in handling, waiting for a second person,
 * fulfilled with its receipt, refused and appealed, with a developer and overdue, about a child, just
 * asked, and a draft. `day` counts back from the telling.
 */
export async function tellRequests(teller: Teller): Promise<void> {
  const desk = new RequestDesk(teller);
  await desk.prove(END_USER, 36);
  await desk.prove(GUARDIAN, 3);
  await fulfilledDeletion(desk);
  await overdueAtDeveloper(desk);
  await appealedRefusal(desk);
  await deletionInHandling(desk);
  await awaitingReview(desk);
  await withDeveloper(desk);
  await justFiled(desk);
}

const ownApp = async (desk: RequestDesk, email: string, sdkAppId = ""): Promise<Answer> => {
  const { actor, tx } = await desk.as(email, 0);
  const accountId = actor.kind === "person" ? (actor.memberships[0]?.accountId ?? "") : "";
  const [app] = await (tx ?? db).select().from(apps).where(eq(apps.sdkAppId, sdkAppId));
  return { step: "account", place: [accountId, app?.id].filter(Boolean).join("/") };
};

const QINGYU: Answer = { step: "app", appName: "轻语", sdkAppId: "1400001287" };

async function fulfilledDeletion(desk: RequestDesk): Promise<void> {
  const number = await desk.file({
    ...{ by: OWNER, capacity: "on_behalf", day: 12, proof: "用户删除申请.txt" },
    answers: [
      await ownApp(desk, OWNER),
      { step: "type", type: "delete" },
      { step: "ground", ground: "c" },
      { step: "facts", facts: "用户书面提出注销，并撤回同意，请删除其资料和消息。" },
      { step: "subjects", list: "qh_20417\nqh_20418" },
    ],
  });
  await desk.take(number, HANDLER, 12);
  const ctx = await desk.verify(number, HANDLER, 11);
  await desk.plan(ctx, number);
  const decisionId = await desk.propose(ctx, number, {
    decision: "fulfilled",
    code: null,
    explanation: "已核对用户的书面申请。资料和消息已删除；网络日志依法留存，到期自动删除。",
  });
  await desk.approve(number, decisionId, 10);
  const results = { profile: "2 个用户的资料已删除", messages: "2 个用户的 1,204 条消息已删除" };
  for (const [store, result] of Object.entries(results)) {
    const done = await desk.as(HANDLER, 8);
    const { disposals } = await readStaffRequest(done, { number });
    const disposalId = disposals.find((one) => one.store === store)?.id ?? "";
    await completeDisposal(done, { ...(await desk.seen(done, number)), disposalId, result });
  }
}

/** The developer never answered, and the request's own day has passed too. */
async function overdueAtDeveloper(desk: RequestDesk): Promise<void> {
  const number = await desk.file({
    ...{ by: END_USER, capacity: "end_user", day: 35, proof: "应用内账号截图说明.txt" },
    answers: [
      { step: "app", appName: "星渡网关", sdkAppId: "1400004077" },
      { step: "type", type: "copy" },
      {
        step: "facts",
        facts: "",
        details: { what: "设备上报记录里与我有关的信息。", format: "file" },
      },
      { step: "subjects", list: "device-7F31" },
    ],
  });
  await desk.take(number, COLLEAGUE, 34);
  const ctx = await desk.verify(number, COLLEAGUE, 33);
  await desk.route(ctx, number, "1400004077");
}

async function appealedRefusal(desk: RequestDesk): Promise<void> {
  const number = await desk.file({
    ...{ by: END_USER, capacity: "end_user", day: 9, proof: "聊天记录说明.txt" },
    answers: [
      QINGYU,
      { step: "type", type: "correct" },
      {
        step: "facts",
        facts: "这是别人在群聊里的发言，请把对方的消息改过来。",
        details: { wrong: "群聊里把我的名字写成“夏眠”。", right: "夏棉" },
      },
      { step: "subjects", list: "夏棉" },
    ],
  });
  await desk.take(number, HANDLER, 8);
  const ctx = await desk.verify(number, HANDLER, 7);
  const decisionId = await desk.propose(ctx, number, {
    decision: "refused",
    code: "R-c",
    explanation: "这条消息是别人的发言，改动它会损害发言人的权益。您可以请对方更正，或在群里说明。",
  });
  await desk.approve(number, decisionId, 5);
  await appealDecision(await desk.as(END_USER, 2), {
    number,
    reason: "对方已经注销，无法自己更正。请至少隐去我的名字。",
  });
}

/** More was asked for and came; the plan is being made. */
async function deletionInHandling(desk: RequestDesk): Promise<void> {
  const number = await desk.file({
    ...{ by: OWNER, capacity: "on_behalf", day: 5, proof: "用户授权书.txt" },
    answers: [
      await ownApp(desk, OWNER),
      { step: "type", type: "delete" },
      { step: "ground", ground: "a" },
      { step: "facts", facts: "三名用户不再使用轻语，委托我们删除全部资料、消息和图片。" },
      { step: "subjects", list: "qh_31150\nqh_31151\nqh_31152" },
    ],
  });
  const ctx = await desk.take(number, HANDLER, 5);
  await askForMore(later(ctx, 1), {
    ...(await desk.seen(ctx, number)),
    text: "授权书只写了两名用户。请补充第三名用户的书面授权，或说明不再包括这名用户。",
  });
  await writeToHandler(await desk.as(OWNER, 3), {
    number,
    body: "第三名用户的授权书已补上，请查收。",
    file: {
      fileName: "补充授权书.txt",
      bytes: new TextEncoder().encode("补充授权书\n演示用的材料。\n"),
    },
  });
  const verified = await desk.verify(number, HANDLER, 2);
  await noteOnRequest(verified, { number, note: "图片存储要和媒体组确认删除批次。" });
  await desk.plan(verified, number);
}

async function awaitingReview(desk: RequestDesk): Promise<void> {
  const number = await desk.file({
    ...{ by: TEACHERS, capacity: "own", day: 6 },
    answers: [
      await ownApp(desk, TEACHERS),
      { step: "type", type: "consult" },
      {
        step: "facts",
        facts: "另请说明各保存多久。",
        details: { what: "鹿鸣课堂的通话质量数据包含的个人信息。" },
      },
    ],
  });
  await desk.take(number, COLLEAGUE, 6);
  const ctx = await desk.verify(number, COLLEAGUE, 4);
  await desk.propose(ctx, number, {
    decision: "partly_fulfilled",
    code: "R-8",
    explanation:
      "通话质量数据包含网络类型、丢包率和设备型号，保存 30 天。评分算法的细节涉及商业秘密，不能提供。",
  });
}

/** A developer's task that is still in time. */
async function withDeveloper(desk: RequestDesk): Promise<void> {
  const number = await desk.file({
    ...{ by: END_USER, capacity: "end_user", day: 3, proof: "账号页面说明.txt" },
    answers: [
      QINGYU,
      { step: "type", type: "deregister_end_user" },
      {
        step: "facts",
        facts: "我想注销轻语的账号，应用里找不到入口。",
        details: { settled: "settled" },
      },
      { step: "subjects", list: "xia_mian_2019" },
    ],
  });
  await desk.take(number, HANDLER, 2);
  const ctx = await desk.verify(number, HANDLER, 1.5);
  await desk.route(ctx, number, "1400001287");
}

/** What nobody has taken yet, and a draft somebody will go on with. */
async function justFiled(desk: RequestDesk): Promise<void> {
  await desk.file({
    ...{ by: GUARDIAN, capacity: "guardian", day: 1, proof: "监护关系说明.txt" },
    answers: [
      { step: "app", appName: "鹿鸣课堂", sdkAppId: "1400002044" },
      { step: "type", type: "child_data" },
      {
        step: "facts",
        facts: "孩子 11 岁，没有经过我同意就注册了账号，请删除他的信息。",
        details: { guardian: "never" },
      },
      { step: "subjects", list: "lm_stu_8842" },
    ],
  });
  await desk.file({
    ...{ by: END_USER, capacity: "end_user", day: 0.4, proof: "应用版本说明.txt" },
    answers: [
      QINGYU,
      { step: "type", type: "question" },
      { step: "facts", facts: "关闭“附近的人”之后，我的位置信息还会保存多久？" },
    ],
  });
  await desk.file({
    ...{ by: NORTHWIND, capacity: "own", day: 0.2, locale: "en" },
    answers: [
      await ownApp(desk, NORTHWIND, "1400003310"),
      { step: "type", type: "legal_basis" },
      {
        step: "facts",
        facts: "",
        details: { what: "Push tokens of our users in the EEA: on which legal basis?" },
      },
    ],
  });
  await desk.draft({
    ...{ by: OWNER, capacity: "on_behalf", day: 0.1 },
    answers: [await ownApp(desk, OWNER), { step: "type", type: "withdraw_consent" }],
  });
}
