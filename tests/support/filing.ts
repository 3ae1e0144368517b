import { randomBytes } from "node:crypto";

import {
  DETAIL_CHOICES,
  isChosen,
  type LegalRegion,
  type RequestType,
} from "@/db/vocabulary/requests";
import type { Person } from "@/domain/context";
import { addDraftFile } from "@/domain/requests/draft-files";
import type { Capacity } from "@/domain/requests/filing-steps";
import { type Details, detailsOf } from "@/domain/requests/rights";
import { saveStep } from "@/domain/requests/save-step";
import { startDraft } from "@/domain/requests/start-draft";
import { submitRequest } from "@/domain/requests/submit";

import { acting } from "./context";

export type FilingWish = {
  capacity?: Capacity;
  type?: RequestType;
  /** For developers: the account filed for. */
  accountId?: string;
  /** The SDKAppID an end user names. */
  sdkAppId?: string;
  subjects?: string;
  facts?: string;
  details?: Details;
  region?: LegalRegion;
  proof?: boolean;
  proofText?: string;
  at?: string;
  /** Of the support ticket whose link brought it. */
  ticketNumber?: string;
};

/** Texts that a field has to keep whole or to refuse by a sentence. */
export const BAD_TEXTS = {
  NUL: "a\0b",
  "a lone surrogate": "a\ud800b",
  "1 MB": "字".repeat(400_000),
  "right to left": "a\u202Eb",
  "zero width": "a\u200Bb",
  "line ends": "a\r\nBcc: x@y.example",
  "a script": "<script>alert(1)</script>",
  SQL: "'; drop table requests; --",
};

/** Bytes of a text file that is no other's. */
export const someProof = (text = "授权书") =>
  new TextEncoder().encode(`${text} ${randomBytes(6).toString("hex")}`);

const factsOf = ({ facts = "我不再使用这个应用，请删除我的聊天记录。" }: FilingWish) => facts;

/** Something said to every question of a type: of a choice the last, else a word. */
export const givenDetails = (type: RequestType, capacity: Capacity): Details =>
  Object.fromEntries(
    detailsOf(type, capacity).map((detail) => [
      detail,
      isChosen(detail) ? DETAIL_CHOICES[detail].at(-1) : "离线推送",
    ]),
  );

/** The account filed for, else the app as an end user names it. */
const placeOf = ({ accountId, sdkAppId = "1400001287" }: FilingWish) =>
  accountId
    ? ({ step: "account", place: accountId } as const)
    : ({ step: "app", appName: "轻语", sdkAppId } as const);

/** A draft with every page of the wizard answered. */
export async function givenCompleteDraft(person: Person, wish: FilingWish = {}) {
  const { capacity = "end_user", type = "delete", subjects = "user-1\nuser-2" } = wish;
  const ctx = acting(person, wish.at ?? "2026-11-23 10:00");
  const { draftId } = await startDraft(ctx, { capacity, ticketNumber: wish.ticketNumber });
  const save = (answer: Parameters<typeof saveStep>[1]["answer"]) =>
    saveStep(ctx, { draftId, answer });
  await save(placeOf(wish));
  await save({ step: "type", type });
  if (type === "delete") await save({ step: "ground", ground: "a" });
  const { details = givenDetails(type, capacity), region } = wish;
  await save({ step: "facts", facts: factsOf(wish), details, region });
  await save({ step: "subjects", list: subjects });
  if (wish.proof ?? capacity !== "own")
    await addDraftFile(ctx, { draftId, fileName: "proof.txt", bytes: someProof(wish.proofText) });
  return draftId;
}

/** A request as its requester has just filed it. @returns its number */
export async function givenFiled(person: Person, wish: FilingWish = {}): Promise<string> {
  const draftId = await givenCompleteDraft(person, wish);
  const ctx = acting(person, wish.at ?? "2026-11-23 10:00");
  const { number } = await submitRequest(ctx, { draftId, locale: "zh-CN" });
  return number;
}
