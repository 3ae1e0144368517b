"use server";

import { refresh } from "next/cache";

import { authorize } from "@/domain/access/permissions";
import type { Context } from "@/domain/context";
import { discardNotice } from "@/domain/incidents/discard-notice";
import { editNotice } from "@/domain/incidents/edit-notice";
import { explainNotice } from "@/domain/incidents/explain-notice";
import { takeBackAnnouncement } from "@/domain/incidents/go-out";
import { noticeInput } from "@/domain/incidents/input";
import { readNoticeState } from "@/domain/incidents/kept-wordings";
import { confirmSending, objectToSending } from "@/domain/incidents/look-at-sending";
import { mailNoticeTest } from "@/domain/incidents/mail-test";
import { approveNotice, rejectNotice } from "@/domain/incidents/review-notice";
import { sendNoticeAlone } from "@/domain/incidents/send-alone";
import { setAudience } from "@/domain/incidents/set-audience";
import { submitNotice } from "@/domain/incidents/submit-notice";
import { useTemplate } from "@/domain/incidents/use-template";
import { at } from "@/lib/addresses";
import { formAction } from "@/server/action";
import { noticeMails } from "@/server/mail-preview";
import { readAudience } from "@/server/form-files";
import { readForm, readIntent, readText } from "@/server/read-form";

import { noticeAddressOf } from "./address";

/**
 * Saved first and submitted then, so that what is missing for the review costs nothing typed; who goes
 * on to the audience finds what they wrote when they come back.
 */
export const composeAction = formAction(async (ctx, form) => {
  const { revision, incidentNumber } = await editNotice(
    ctx,
    // Whose kept wording it is, is not the form's to say.
    readForm(form, noticeInput.omit({ stateId: true })),
  );
  const id = readText(form, "noticeId");
  if (readText(form, "intent") === "audience")
    return { to: noticeAddressOf({ id, incidentNumber }, "/audience") };
  if (readIntent(form) === "save") return;
  return {
    next: async () => {
      await submitNotice(ctx, { noticeId: id, revision, mails: await mailsOf(ctx, id) });
      return { to: submittedAddress({ id, incidentNumber }) };
    },
  };
});

/** Takes back what the draft said before; it is a save like any other. */
export const restoreAction = formAction(async (ctx, form) => {
  const noticeId = readText(form, "noticeId");
  const stateId = readText(form, "stateId");
  const { content } = await readNoticeState(ctx, { noticeId, stateId });
  const { goesOutAt: asked } = content;
  const { incidentNumber } = await editNotice(ctx, {
    ...{
      ...content,
      noticeId,
      stateId,
      goesOutAt: asked instanceof Date ? asked.toISOString() : asked,
    },
    revision: readText(form, "revision"),
  });
  return { to: noticeAddressOf({ id: noticeId, incidentNumber }) };
});

/** Makes title and text of the draft from a template; a save like any other. */
export const templateAction = formAction(async (ctx, form) => {
  const made = readForm(form, useTemplate.input);
  const { incidentNumber } = await useTemplate(ctx, made);
  const row = { id: made.noticeId, incidentNumber };
  return { to: noticeAddressOf(row, "", { done: "templateUsed" }) };
});

/** Why what the checks found may stay. */
export const explainAction = formAction(async (ctx, form) => {
  const said = readForm(form, explainNotice.input.omit({ mails: true }));
  const mails = await mailsOf(ctx, said.noticeId);
  const { explained } = await explainNotice(ctx, { ...said, mails });
  refresh();
  return explained > 0 ? undefined : { messageKey: "reviews.browser.nothingExplained" };
});

/** Mails what is saved to staff, as a test. */
export const testAction = formAction(async (ctx, form) => {
  const { people } = await mailNoticeTest(ctx, readForm(form, mailNoticeTest.input));
  return { messageKey: "reviews.browser.testMailed", values: { people } };
});

/** Takes up the apps that came and went since the submission. */
export const resubmitAction = formAction(async (ctx, form) => {
  const seen = readForm(form, submitNotice.input.omit({ mails: true }));
  const mails = await mailsOf(ctx, seen.noticeId);
  const { incidentNumber } = await submitNotice(ctx, { ...seen, mails });
  return { to: submittedAddress({ id: seen.noticeId, incidentNumber }) };
});

/** Measured for who may submit: others read them too, and are refused all the same. */
async function mailsOf(ctx: Context, noticeId: string) {
  authorize(ctx.actor, submitNotice.may);
  return noticeMails(ctx, noticeId);
}

const submittedAddress = (row: Parameters<typeof noticeAddressOf>[0]) =>
  noticeAddressOf(row, "/review", { done: "submitted" });

export const audienceAction = formAction(async (ctx, form) => {
  const { leftOut, doubled } = await setAudience(ctx, await readAudience(form));
  if (leftOut === 0 && doubled === "") return;
  return {
    messageKey: "incidents.browser.audienceSaved",
    values: { leftOut, doubled, hasDoubled: doubled === "" ? "no" : "yes" },
  };
});

export const discardAction = formAction(async (ctx, form) => {
  const { incidentNumber } = await discardNotice(ctx, readForm(form, discardNotice.input));
  const query = { done: "discarded" };
  return {
    to: incidentNumber
      ? at("/ops/incidents/*", incidentNumber, query)
      : at("/ops/announcements", query),
  };
});

export const approveAction = formAction(async (ctx, form) => {
  const seen = readForm(form, approveNotice.input);
  const { broadcastId, goesOutAt, incidentNumber } = await approveNotice(ctx, seen);
  const row = { id: seen.noticeId, incidentNumber };
  if (goesOutAt) return { to: noticeAddressOf(row, "/review", { done: "scheduled" }) };
  const done = broadcastId ? "approved" : "approvedSilent";
  return { to: noticeAddressOf(row, "", { done }) };
});

export const takeBackAction = formAction(async (ctx, form) => {
  const { noticeId } = readForm(form, takeBackAnnouncement.input);
  await takeBackAnnouncement(ctx, { noticeId });
  const row = { id: noticeId, incidentNumber: null };
  return { to: noticeAddressOf(row, "/review", { done: "takenBack" }) };
});

/** One person's word alone; the page it leads to says so. */
export const sendAloneAction = formAction(async (ctx, form) => {
  const seen = readForm(form, sendNoticeAlone.input);
  const { incidentNumber } = await sendNoticeAlone(ctx, seen);
  return { to: noticeAddressOf({ id: seen.noticeId, incidentNumber }, "", { done: "sentAlone" }) };
});

export const confirmSendingAction = formAction(async (ctx, form) => {
  const seen = readForm(form, confirmSending.input);
  const { incidentNumber } = await confirmSending(ctx, seen);
  return { to: noticeAddressOf({ id: seen.noticeId, incidentNumber }, "", { done: "confirmed" }) };
});

export const objectAction = formAction(async (ctx, form) => {
  const seen = readForm(form, objectToSending.input);
  const { incidentNumber, correctionId } = await objectToSending(ctx, seen);
  const done = correctionId ? "objectedDraft" : "objected";
  return { to: noticeAddressOf({ id: seen.noticeId, incidentNumber }, "", { done }) };
});

export const rejectAction = formAction(async (ctx, form) => {
  await rejectNotice(ctx, readForm(form, rejectNotice.input));
  return { to: at("/ops/reviews", { done: "returned" }) };
});
