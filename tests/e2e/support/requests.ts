import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { requestEvents, requests, users } from "@/db/schema";
import type { Person } from "@/domain/context";
import { readOwnRequest } from "@/domain/requests/read-own";
import { addDays, shanghaiDay } from "@/lib/shanghai";
import { givenCompleteDraft, givenFiled } from "@/tests/support/filing";

/** A request and a draft of the owner's, and an end user's that was routed to the owner's account. */
export async function givenRequests(owner: Person, accountId: string) {
  const requestNumber = await givenFiled(owner, { capacity: "on_behalf", accountId });
  const draftId = await givenCompleteDraft(owner, { capacity: "on_behalf", accountId });
  const { files } = await readOwnRequest(
    { actor: owner, now: new Date() },
    { number: requestNumber },
  );
  return {
    requestNumber,
    draftId,
    fileId: files[0]?.id ?? "",
    taskNumber: await givenTask(accountId),
  };
}

async function givenTask(accountId: string): Promise<string> {
  const [user] = await db
    .insert(users)
    .values({ email: "end.user@mail.example", name: "终端用户", createdAt: new Date() })
    .onConflictDoUpdate({ target: users.email, set: { name: "终端用户" } })
    .returning();
  const person: Person = { kind: "person", ...user!, staffRoles: [], memberships: [] };
  const number = await givenFiled(person);
  const [request] = await db
    .update(requests)
    .set({
      ...{
        accountId,
        status: "with_developer",
        developerDueDate: addDays(shanghaiDay(new Date()), 5),
      },
      ...{ verifiedAt: new Date(), verifiedBy: person.id },
    })
    .where(eq(requests.number, number))
    .returning();
  await db
    .insert(requestEvents)
    .values({ requestId: request!.id, status: "with_developer", at: new Date() });
  return number;
}
