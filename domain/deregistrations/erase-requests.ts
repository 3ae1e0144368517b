import { and, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";

import type { Tx } from "@/db/client";
import {
  disposals,
  requestDrafts,
  requestFiles,
  requestMessages,
  requests,
  userDeletions,
  userResults,
} from "@/db/schema";
import { seal, unsealText } from "@/lib/seal";

type Erasing = { accountId: string; number: string; leavers: readonly string[] };

/** Of a draft's answers only whom it was for. */
const draftAnswers = z.object({ accountId: z.string().optional() });

/**
 * Erases what the account's people wrote and brought for its requests: what was asked, whom it was
 * about, proof files, messages, drafts. Number, type, times, decision and the hashes on the record
 * stay. Where a text was, now stands the number of the certificate.
 * @returns how many of each
 */
export async function eraseRequests(tx: Tx, erasing: Erasing) {
  const { accountId, number } = erasing;
  const own = and(eq(requests.requesterKind, "developer"), eq(requests.accountId, accountId));
  const contents = await tx
    .update(requests)
    .set({
      facts: seal(number, "request.facts"),
      ...{ subjects: null, details: null, replyTo: null, appName: null },
    })
    .where(own)
    .returning({ id: requests.id });
  const ids = contents.map(({ id }) => id);
  await tx
    .update(requests)
    .set({ stopWords: seal(number, "request.stop") })
    .where(and(own, isNotNull(requests.stopWords)));
  const messages = await tx
    .update(requestMessages)
    .set({ body: seal(number, "request.message") })
    .where(inArray(requestMessages.requestId, ids))
    .returning({ id: requestMessages.id });
  const disposed = tx
    .select({ id: disposals.id })
    .from(disposals)
    .where(inArray(disposals.requestId, ids));
  await tx.delete(userResults).where(inArray(userResults.disposalId, disposed));
  await tx.delete(userDeletions).where(inArray(userDeletions.disposalId, disposed));
  const drafts = await draftsOf(tx, erasing);
  const files = await deleteFiles(tx, inArray(requestFiles.requestId, ids));
  const draftFiles = await deleteFiles(tx, inArray(requestFiles.draftId, drafts));
  await tx.delete(requestDrafts).where(inArray(requestDrafts.id, drafts));
  return {
    drafts: drafts.length,
    request_contents: ids.length,
    request_files: files + draftFiles,
    request_messages: messages.length,
  };
}

async function deleteFiles(tx: Tx, where: SQL): Promise<number> {
  const gone = await tx.delete(requestFiles).where(where).returning({ id: requestFiles.id });
  return gone.length;
}

/** All drafts of who leaves; of who stays, those for this account. */
async function draftsOf(tx: Tx, { accountId, leavers }: Erasing): Promise<string[]> {
  const rows = await tx
    .select({
      id: requestDrafts.id,
      ownerId: requestDrafts.ownerId,
      answers: requestDrafts.answers,
    })
    .from(requestDrafts)
    .where(
      sql`${requestDrafts.ownerId} in (select user_id from members where account_id = ${accountId}
        union select user_id from contacts where account_id = ${accountId})`,
    )
    .for("update");
  return rows
    .filter(({ ownerId, answers }) => leavers.includes(ownerId) || accountIn(answers) === accountId)
    .map(({ id }) => id);
}

const accountIn = (answers: Buffer): string | undefined =>
  draftAnswers.parse(JSON.parse(unsealText(answers, "request.draft"))).accountId;
