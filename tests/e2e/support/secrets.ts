import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";

import { db } from "@/db/client";
import { deliveries } from "@/db/schema";
import { readOwnRequest } from "@/domain/requests/read-own";
import { writeToHandler } from "@/domain/requests/write-to-handler";
import { givenFiled } from "@/tests/support/filing";

import { givenPublishedIncident } from "./incidents";
import { contextOf, personOf } from "./people";
import type { Records } from "./records";
import type { Role } from "./roles";

/** Something only some may read: the mark in its texts, who they are, and the addresses that name it. */
export type Secret = {
  name: string;
  mark: string;
  readers: (address: string) => readonly Role[];
  addresses: readonly string[];
  /** Where each of these roles does find it, so that a page which shows nothing proves nothing. */
  shownTo: readonly (readonly [role: Role, address: string])[];
  /** The number by which support knows of an incident. */
  number?: string;
};

const WRITERS_VIEW: readonly Role[] = ["author", "approver", "auditor", "admin"];
const HANDLERS_VIEW: readonly Role[] = ["handler", "approver", "auditor"];

/** Support reads what was sent, not what is written of it; and of what is restricted only its number. */
const ANSWERING = /\/ops(?!\/(incidents|announcements|reviews))/;

/** A restricted and an affected incident and a request, all of the owner's account. */
export async function givenSecrets(records: Records): Promise<Secret[]> {
  return [
    await givenIncidentSecret(records, { visibility: "restricted", members: ["owner"] }),
    await givenIncidentSecret(records, { visibility: "affected", members: ["owner", "viewer"] }),
    await givenRequestSecret(records),
  ];
}

type Wish = { visibility: "restricted" | "affected"; members: readonly Role[] };

async function givenIncidentSecret(records: Records, { visibility, members }: Wish) {
  const mark = `机密${randomUUID().slice(0, 8)}`;
  const incident = await givenPublishedIncident(records.appId, { visibility, mark });
  const { incidentNumber: number, noticeId, noticeBroadcastId: broadcastId } = incident;
  const message = await messageOf(broadcastId, "owner");
  const page = `/incidents/${number}`;
  return {
    name: `${visibility} incident`,
    mark,
    readers: (address: string) => [
      ...members,
      ...WRITERS_VIEW,
      ...(visibility === "affected" && ANSWERING.test(address) ? (["support"] as const) : []),
    ],
    addresses: [
      page,
      `/announcements/${broadcastId}`,
      `/announcements/${noticeId}`,
      `/inbox/${message}`,
      ...["/ops", "/ops/broadcasts", "/ops/unreached", `/ops/support?q=${number}`],
      `/ops/broadcasts/${broadcastId}`,
      `/ops/broadcasts/${broadcastId}/recipients/${records.ownerId}`,
      `/ops/support/accounts/${records.accountId}`,
      `/ops/support/people/${records.ownerId}`,
      `/ops${page}`,
      `/ops${page}/notices/${noticeId}`,
      ...["", "?state=open", "?severity=larger"].map((query) => `/incidents${query}`),
    ],
    shownTo: [
      ...[...members, ...WRITERS_VIEW].map((role) => [role, page] as const),
      ["owner", `/inbox/${message}`],
      ["owner", "/incidents"],
      ["author", `/ops${page}`],
      ["auditor", `/ops/broadcasts/${broadcastId}`],
      ["auditor", `/ops/support/accounts/${records.accountId}`],
      ...(visibility === "affected"
        ? ([["support", `/ops/broadcasts/${broadcastId}`]] as const)
        : []),
    ],
    number,
  } satisfies Secret;
}

async function messageOf(broadcastId: string, role: "owner"): Promise<string> {
  const { id } = await personOf(role);
  const [message] = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.broadcastId, broadcastId),
        eq(deliveries.userId, id),
        eq(deliveries.channel, "inbox"),
      ),
    );
  return message?.id ?? "";
}

async function givenRequestSecret({ accountId }: Records): Promise<Secret> {
  const mark = `私密${randomUUID().slice(0, 8)}`;
  const [owner, ctx] = [await personOf("owner"), await contextOf("owner")];
  const number = await givenFiled(owner, {
    ...{ capacity: "on_behalf" as const, accountId },
    ...{ facts: `请删除。${mark}`, proofText: mark },
  });
  await writeToHandler(ctx, { number, body: `补充说明。${mark}`, file: null });
  const { files } = await readOwnRequest(ctx, { number });
  const page = `/requests/${number}`;
  const file = `/files/${files[0]?.id ?? ""}`;
  return {
    name: "request, its file and its message",
    mark,
    readers: () => ["owner", ...HANDLERS_VIEW],
    addresses: [
      ...[page, `${page}/submitted`, `${page}/answer`, `${page}${file}`],
      ...[`/ops${page}`, `/ops${page}${file}`],
    ],
    shownTo: [
      ["owner", page],
      ["owner", `${page}${file}`],
      ["handler", `/ops${page}`],
    ],
  };
}
