import "server-only";

import type { logRequest } from "@/domain/requests/log";

import { readChoice, readText } from "./form-fields";
import { readFile, readFiles } from "./form-files";

type Given = Parameters<typeof logRequest>[1];

/** The form for a request that came another way, as the verb takes it. Its clock is Beijing's. */
export async function readLogged(form: FormData): Promise<Given> {
  return {
    formId: readText(form, "formId"),
    channel: readChoice<Given["channel"]>(form, "channel"),
    receivedAt: beijingMoment(readText(form, "receivedAt")),
    ticketNumber: readText(form, "ticketNumber").trim(),
    capacity: readChoice<Given["capacity"]>(form, "capacity"),
    requesterName: readText(form, "requesterName"),
    email: readText(form, "email"),
    replyTo: readText(form, "replyTo"),
    locale: readChoice<Given["locale"]>(form, "requesterLocale"),
    type: readChoice<Given["type"]>(form, "type"),
    ground: readChoice<NonNullable<Given["ground"]>>(form, "ground"),
    uin: readText(form, "uin").trim(),
    accountName: readText(form, "accountName").trim(),
    appName: readText(form, "appName").trim(),
    sdkAppId: readText(form, "sdkAppId"),
    facts: readText(form, "facts"),
    list: readText(form, "list"),
    listFile: (await readFile(form, "csv"))?.bytes ?? null,
    files: await readFiles(form, "files"),
  };
}

/** "2026-11-20T14:05" as a datetime-local field sends it, with Beijing's offset. */
const beijingMoment = (typed: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(typed) ? `${typed}:00+08:00` : typed;
