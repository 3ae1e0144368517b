import { eq } from "drizzle-orm";
import { z } from "zod";

import { accounts, requestMessages } from "@/db/schema";
import { DEVELOPER_ANSWERS } from "@/db/vocabulary";
import { seal, unsealText } from "@/lib/seal";

import { person } from "../access/permissions";
import { Conflict } from "../errors";
import { line, prose } from "../input";
import { query } from "../query";
import { verb } from "../verb";
import { requestNumber } from "./input";
import { lockRequest, moveRequest } from "./move";
import { findRouted } from "./visible";

/**
 * What a developer needs to check an end user's request that was routed to their account: what is
 * asked, of whom, by when. Not who asks, nor their proof and messages.
 * @throws NotFound for any request that was not routed to an account of theirs
 */
export const readDeveloperTask = query({
  may: "request.readOwn",
  input: z.object({ number: requestNumber }),

  async run({ db, actor }, { number }) {
    const request = await findRouted(db, { actor, number });
    const [account] = await db
      .select({ name: accounts.name })
      .from(accounts)
      .where(eq(accounts.id, request.accountId ?? ""));
    const { type, ground, status, dueDate, isDueProvisional, appName, receivedAt } = request;
    return {
      ...{ number, type, ground, status, dueDate, isDueProvisional, appName, receivedAt },
      accountName: account?.name ?? "",
      facts: unsealText(request.facts, "request.facts"),
      subjects: request.subjects
        ? unsealText(request.subjects, "request.subjects").split("\n")
        : [],
      isWaiting: status === "with_developer",
    };
  },
});

/**
 * The developer answers for the account: handled, not our user, or something else in words. The
 * request goes back to its handler, who reads it among the case's notes; the clock kept running.
 * `statement` is the sentence that was chosen on the page, kept word for word.
 * @throws NotFound; Conflict when it is no longer with the developer; Invalid without the words
 */
export const answerAsDeveloper = verb({
  may: "request.readOwn",
  input: z
    .object({
      number: requestNumber,
      answer: z.enum(DEVELOPER_ANSWERS, { error: "filing.errors.choose" }),
      statement: line(200),
      text: prose(5000),
    })
    .refine(({ answer, text }) => answer !== "other" || text.trim() !== "", {
      error: "errors.field.required",
      path: ["text"],
    }),

  async run(step, { number, answer, statement, text }) {
    const { tx, actor, now, record } = step;
    await findRouted(tx, { actor, number });
    const request = await lockRequest(tx, { number });
    if (request.status !== "with_developer") throw new Conflict("filing.errors.notWithYou");
    await tx.insert(requestMessages).values({
      requestId: request.id,
      direction: "internal",
      authorId: person(actor).id,
      body: seal([statement, text.trim()].filter(Boolean).join("\n\n"), "request.message"),
      at: now,
    });
    await moveRequest(step, { request, to: "in_progress" });
    await record("request.answered_by_developer", {
      subject: { type: "request", id: request.id },
      after: { answer, accountId: request.accountId },
    });
  },
});
