import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import { accounts, apps, type Request, requests, users } from "@/db/schema";
import { LOCALES } from "@/db/vocabulary/languages";
import { LEGAL_REGIONS, REQUEST_TYPES, type RequestType } from "@/db/vocabulary/requests";
import { normaliseEmail } from "@/lib/email-address";
import { seal } from "@/lib/seal";

import { Invalid } from "../errors";
import { line, moment, plainLine, prose, uuid } from "../input";
import { listFile } from "../list-text";
import { nextNumber } from "../next-number";
import { type RecordedStep, verb } from "../verb";
import { regionOf } from "./app-declarations";
import { computeDueDate } from "./due-date";
import {
  CAPACITIES,
  type Capacity,
  GROUND_CHOICES,
  isDeveloper,
  requesterKindOf,
} from "./filing-steps";
import { words } from "./input";
import { keepFiles } from "./keep-file";
import { scanFiles } from "./scan-file";
import { sdkAppIdInput } from "./save-step";
import { LONGEST_SUBJECT, MOST_SUBJECTS, readListed } from "./subject-list";
import { allowsDisposals, ordersStopAt } from "./rules";
import { noteEvent } from "./move";
import { namedApp } from "./submit";
import { tellHandlers, tellRequester } from "./tell";

/** How a request may have come besides this site; the support ticket's link is a way of its own. */
export const LOGGED_CHANNELS = ["email", "post", "phone", "ticket", "finding"] as const;

/** What came in longer ago than this was mistyped rather than forgotten. */
const OLDEST_MS = 366 * 86_400_000;

export const logInput = z
  .object({
    /** Made when the form was shown: one form is one request, however often it is sent. */
    formId: uuid,
    channel: z.enum(LOGGED_CHANNELS, { error: "requests.errors.choose" }),
    receivedAt: moment,
    ticketNumber: optional(plainLine(64)),
    /** Of who asks; nobody asks for what operations found (P56), so there it is passed over. */
    capacity: optional(z.enum(CAPACITIES, { error: "requests.errors.choose" })),
    requesterName: optional(line(80)),
    /** Where the requester reads mail; without it `replyTo` says how the answer reaches them. */
    email: z.string().max(1000, "errors.field.email"),
    replyTo: prose(500),
    locale: z.enum(LOCALES),
    type: z.enum(REQUEST_TYPES, { error: "requests.errors.choose" }),
    ground: optional(z.enum(GROUND_CHOICES, { error: "requests.errors.choose" })),
    /** A developer's account; whoever speaks for an end user names an app instead. */
    uin: optional(plainLine(40)),
    /** What the account is called, or a part of it: a mistyped UIN is another company's. */
    accountName: optional(plainLine(100)),
    appName: optional(line(100)),
    sdkAppId: sdkAppIdInput,
    facts: words(),
    region: z.enum(LEGAL_REGIONS, { error: "requests.errors.choose" }).optional(),
    list: z.string().max(MOST_SUBJECTS * (LONGEST_SUBJECT + 2), "errors.field.tooLong"),
    /** A CSV file of them, which goes before the list. */
    listFile: listFile.default(null),
    files: z
      .array(z.object({ fileName: z.string(), bytes: z.instanceof(Uint8Array) }))
      .max(5, "requests.errors.file.tooMany"),
  })
  .superRefine((given, ctx) => {
    for (const [field, message] of Object.entries(faultsOf(given)))
      if (message) ctx.addIssue({ code: "custom", path: [field], message });
  });

type Said = Record<"type", RequestType> & {
  channel: (typeof LOGGED_CHANNELS)[number];
  capacity: Capacity | null;
  email: string;
  replyTo: string;
} & Record<"ground" | "uin" | "accountName" | "appName" | "requesterName", string | null>;

/** What is missing or does not fit, field by field; of a finding nobody is asked about who asks (P56). */
function faultsOf(given: Said): Record<string, string | false> {
  const { type, channel, email } = given;
  const isFinding = channel === "finding";
  return {
    ...(isFinding ? {} : faultsOfWho(given)),
    ...faultsOfPlace(given),
    type: isFinding && !allowsDisposals(type) && "requests.errors.findingType",
    ground: type === "delete" && !given.ground && "errors.field.required",
    email: email.trim() !== "" && normaliseEmail(email) === null && "errors.field.email",
  };
}

const faultsOfWho = ({ capacity, requesterName, email, replyTo }: Said) => ({
  capacity: !capacity && "requests.errors.choose",
  requesterName: !requesterName && "errors.field.required",
  replyTo: email.trim() === "" && replyTo.trim() === "" && "errors.field.required",
});

function faultsOfPlace({ channel, capacity, uin, accountName, appName }: Said) {
  const isDevelopers = channel !== "finding" && isDeveloper(capacity ?? undefined);
  const missing = (text: string | null) => !text && "errors.field.required";
  return isDevelopers
    ? { uin: missing(uin), accountName: missing(accountName) }
    : { appName: missing(appName) };
}
type Logged = Omit<z.output<typeof logInput>, "files">;

/**
 * Enters a request that came by mail, post, phone or in a ticket (P46). The clock runs from the day
 * it truly arrived (P47), not from the day it was entered. A requester with a mail address is told
 * the number and may follow the request after proving the address; others are answered by `replyTo`. What operations found by themselves has no requester (P56).
 * @returns the number, the first one when this form was sent before, and how many repeated lines of
 * the list were left out
 * @throws Invalid field by field, also for a moment in the future and an account nobody has
 */
export const logRequest = verb({
  may: "request.log",
  input: logInput,

  prepare: async (given) => ({ ...given, files: await scanFiles(given.files) }),

  async run(step, given): Promise<{ number: string; duplicates: number }> {
    const { tx, now, record, unchanged } = step;
    const logged = await findLogged(tx, given.formId);
    if (logged) return unchanged({ ...logged, duplicates: 0 });
    assertMoment(given.receivedAt, now);
    const place = await placeOf(tx, given);
    const { subjects, duplicates } =
      given.list.trim() === "" && !given.listFile
        ? { subjects: [], duplicates: 0 }
        : readListed({ list: given.list, file: given.listFile });
    const requesterId = await requesterOf(step, given);
    const request = await insert(step, { given, place, subjects, requesterId });
    await noteEvent(step, request);
    const files = await keepFiles(step, { requestId: request.id }, given.files);
    await record("request.logged", {
      id: request.id,
      after: {
        number: request.number,
        channel: request.channel,
        type: request.type,
        ground: request.ground,
        requesterKind: request.requesterKind,
        accountId: request.accountId,
        ticketNumber: request.ticketNumber,
        subjectCount: request.subjectCount,
        files: files.map(({ sha256 }) => sha256),
        receivedAt: request.receivedAt,
        dueDate: request.dueDate,
        stopOrderedAt: request.stopOrderedAt,
      },
    });
    await tellRequester(step, request, "received");
    await tellHandlers(step, request, { event: "handler_filed" });
    return { number: request.number, duplicates };
  },
});

/** A field that may be left empty: nothing but space is null. */
function optional<Schema extends z.ZodType>(schema: Schema) {
  const nothing = z
    .string()
    .regex(/^\s*$/)
    .transform(() => null);
  return z.union([nothing, schema]);
}

function assertMoment(receivedAt: Date, now: Date): void {
  const refusal =
    receivedAt > now
      ? "requests.errors.receivedLater"
      : now.getTime() - receivedAt.getTime() > OLDEST_MS
        ? "requests.errors.receivedLongAgo"
        : null;
  if (refusal) throw new Invalid("errors.form", { receivedAt: [refusal] });
}

/** In what capacity somebody asks; of a finding nobody does. */
const capacityOf = ({ channel, capacity }: Pick<Logged, "channel" | "capacity">) =>
  channel === "finding" ? undefined : (capacity ?? undefined);

type Place = Pick<Request, "accountId" | "appId" | "appName" | "namedSdkAppId">;

/** A developer's account is one that exists; of an end user's app nothing is looked up. */
async function placeOf(tx: Tx, given: Logged): Promise<Place> {
  const { uin, accountName, ...app } = given;
  const place = { accountId: null, appId: null, appName: null, namedSdkAppId: null };
  if (!isDeveloper(capacityOf(given)))
    return {
      ...place,
      appName: namedApp({ appName: app.appName ?? undefined, sdkAppId: app.sdkAppId }),
      namedSdkAppId: app.sdkAppId || null,
    };
  const [account] = await tx
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(eq(accounts.uin, uin ?? ""));
  if (!account) throw new Invalid("errors.form", { uin: ["requests.errors.noSuchAccount"] });
  if (!isCalled(account.name, accountName ?? ""))
    throw new Invalid(
      "errors.form",
      { accountName: ["requests.errors.otherAccountName"] },
      { account: account.name },
    );
  if (!app.sdkAppId) return { ...place, accountId: account.id };
  const [found] = await tx
    .select({ id: apps.id })
    .from(apps)
    .where(
      and(eq(apps.accountId, account.id), eq(apps.sdkAppId, app.sdkAppId), isNull(apps.closedAt)),
    );
  if (!found) throw new Invalid("errors.form", { sdkAppId: ["requests.errors.notOfAccount"] });
  return { ...place, accountId: account.id, appId: found.id };
}

/** Whether a company goes by a name somebody typed: a part of it, at least two characters. */
function isCalled(name: string, typed: string): boolean {
  const [whole = "", part = ""] = [name, typed].map((one) =>
    one.normalize("NFKC").toLowerCase().replaceAll(/\s/g, ""),
  );
  return [...part].length >= 2 && whole.includes(part);
}

/** Who has the address, entered if they are new; it is theirs to prove before they see anything. */
async function requesterOf(step: RecordedStep, given: Logged): Promise<string | null> {
  const { tx, now, record } = step;
  const email = normaliseEmail(given.email);
  if (!email || given.channel === "finding") return null;
  const [created] = await tx
    .insert(users)
    .values({ email, name: given.requesterName ?? "", locale: given.locale, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (created) {
    await record("person.created", { id: created.id });
    return created.id;
  }
  const [known] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
  if (!known) throw new Error("the person was not written");
  return known.id;
}

type Writing = {
  given: Logged;
  place: Place;
  subjects: readonly string[];
  requesterId: string | null;
};

async function insert(step: RecordedStep, { given, place, subjects, requesterId }: Writing) {
  const { tx, now } = step;
  const { receivedAt, type, replyTo } = given;
  const capacity = capacityOf(given);
  const region = await regionOf(tx, { ...place, region: given.region ?? null });
  const clock = { type, region, extendedAt: null };
  const { dueDate, isProvisional } = await computeDueDate(tx, receivedAt, clock);
  const [request] = await tx
    .insert(requests)
    .values({
      ...place,
      region,
      number: await nextNumber(step, "request"),
      draftId: given.formId,
      type,
      channel: given.channel,
      requesterKind: capacity ? requesterKindOf(capacity) : "operations",
      requesterId,
      replyTo:
        capacity && replyTo.trim()
          ? seal(`${given.requesterName ?? ""}\n${replyTo.trim()}`, "request.reply_to")
          : null,
      onBehalf: capacity === "on_behalf",
      ground: type !== "delete" || given.ground === "unsure" ? null : given.ground,
      facts: seal(given.facts, "request.facts"),
      subjects: subjects.length > 0 ? seal(subjects.join("\n"), "request.subjects") : null,
      subjectCount: subjects.length,
      ticketNumber: given.ticketNumber,
      locale: given.locale,
      receivedAt,
      loggedAt: now,
      dueDate,
      isDueProvisional: isProvisional,
      stopOrderedAt: ordersStopAt(type, { moment: "filed", now }),
    })
    .returning();
  if (!request) throw new Error("the request was not written");
  return request;
}

async function findLogged(tx: Tx, formId: string): Promise<{ number: string } | undefined> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`requests.form.${formId}`}))`);
  const [logged] = await tx
    .select({ number: requests.number })
    .from(requests)
    .where(eq(requests.draftId, formId));
  return logged;
}
