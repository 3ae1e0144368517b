import type { Person } from "@/domain/context";
import { completeDisposal } from "@/domain/requests/disposals";
import { readStaffRequest } from "@/domain/requests/read-staff-request";
import { acting } from "@/tests/support/context";
import {
  asSeen,
  givenApproval,
  givenFile,
  givenPlan,
  givenProposal,
  givenRequest,
  givenTaken,
} from "@/tests/support/requests";

import { personOf } from "./people";

/** A case that waits for a second person, with a proof file: what handlers, approvers and auditors may open. */
export async function givenWaitingRequest() {
  const [requester, handler] = [await personOf("viewer"), await personOf("handler")];
  const request = await givenRequest(requester.id, { type: "consult" });
  const file = await givenFile(request, requester);
  await givenTaken(request, handler);
  await givenProposal(request, handler, { decision: "fulfilled" });
  return { staffRequestNumber: request.number, staffRequestFileId: file.id };
}

/** A deletion of a person's that is carried out: it has a receipt. */
export async function givenDeletion(requester: Person) {
  const [handler, approver] = [await personOf("handler"), await personOf("approver")];
  const request = await givenRequest(requester.id);
  await givenTaken(request, handler);
  await givenPlan(request, handler);
  const { decisionId } = await givenProposal(request, handler, { decision: "fulfilled" });
  await givenApproval(request, approver, decisionId);
  const { disposals } = await readStaffRequest(acting(handler, "2026-03-06 09:00"), request);
  const due = disposals.find(({ action }) => action !== "hold");
  await completeDisposal(acting(handler, "2026-03-06 10:00"), {
    ...(await asSeen(request)),
    disposalId: due?.id ?? "",
    result: "2 个用户的资料已删除",
  });
  return { deletedNumber: request.number };
}
