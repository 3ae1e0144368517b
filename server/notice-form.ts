import "server-only";

import type { z } from "zod";

import type { audienceInput, incidentFields, noticeInput } from "@/domain/incidents/input";

import { readBox, readChoice, readChoices, readMoment, readText } from "./form-fields";
import { readFile } from "./form-files";
import { readRows, readTexts } from "./form-rows";

type IncidentForm = z.input<z.ZodObject<typeof incidentFields>>;
type NoticeForm = z.input<typeof noticeInput>;
type AudienceForm = z.input<typeof audienceInput>;

/** What is known of an incident, as its form sends it. */
export function readIncident(form: FormData): IncidentForm {
  return {
    title: readTexts(form, "title"),
    kind: readChoice(form, "kind"),
    severity: readChoice(form, "severity"),
    visibility: readChoice(form, "visibility"),
    publicSummary: readTexts(form, "publicSummary"),
    occurredAt: readMoment(form, "occurredAt") || null,
    discoveredAt: readMoment(form, "discoveredAt"),
    containedAt: readMoment(form, "containedAt") || null,
    resolvedAt: readMoment(form, "resolvedAt") || null,
    dataKinds: readTexts(form, "dataKinds"),
    cause: readTexts(form, "cause"),
    contact: readText(form, "contact"),
    ownerId: readText(form, "ownerId"),
  };
}

/** The composer's form as `editNotice` takes it. */
export function readNotice(form: FormData): NoticeForm {
  return {
    ...readNoticeAt(form),
    type: readChoice(form, "type"),
    correctsId: readText(form, "correctsId") || null,
    ...(form.has("visibility") && { visibility: readChoice(form, "visibility") }),
    notifies: readText(form, "notifies") !== "no",
    silentReason: readText(form, "silentReason").trim() || null,
    title: readTexts(form, "title"),
    situation: readTexts(form, "situation"),
    measures: readRows<NoticeForm["measures"][number]>(form, {
      name: "measures",
      empty: { state: "taken", at: "", text: {} },
      read: (at) => ({
        state: readChoice(form, `${at}.state`),
        at: readMoment(form, `${at}.at`),
        text: readTexts(form, `${at}.text`),
      }),
    }),
    adviceDevelopers: readRows(form, {
      name: "adviceDevelopers",
      empty: {},
      read: (at) => readTexts(form, at),
    }),
    adviceEndUsers: readTexts(form, "adviceEndUsers"),
    actionability: readChoice(form, "actionability"),
  };
}

/** Which notice, and as it was when the form was shown. */
export const readNoticeAt = (form: FormData) => ({
  noticeId: readText(form, "noticeId"),
  revision: readText(form, "revision"),
});

/** The audience's form; the verb takes a chosen file before what stands in the field. */
export async function readAudience(form: FormData): Promise<AudienceForm> {
  return {
    ...readNoticeAt(form),
    by: readChoice(form, "by"),
    platforms: readChoices(form, "platforms"),
    versionRange: readText(form, "versionRange"),
    regions: readChoices(form, "regions"),
    apiOnly: readBox(form, "apiOnly"),
    named: readText(form, "named"),
    namedFile: (await readFile(form, "namedFile"))?.bytes ?? null,
    excluded: readText(form, "excluded"),
    excludedFile: (await readFile(form, "excludedFile"))?.bytes ?? null,
    leavesOut: readBox(form, "leavesOut"),
  };
}

/** The notice as the reviewer had it before their eyes, and the number of people where one was typed. */
export function readSeenNotice(form: FormData) {
  const typed = readText(form, "typedPeople").replace(/[\s,，]/g, "");
  return {
    noticeId: readText(form, "noticeId"),
    contentHash: readText(form, "contentHash"),
    ...(typed && { typedPeople: typed }),
  };
}
