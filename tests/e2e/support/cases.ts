import { givenFile, givenProposal, givenRequest, givenTaken } from "@/tests/support/requests";

import { personOf } from "./people";

/** A case that waits for a second person, with a proof file: what handlers, approvers and auditors may open. */
export async function givenWaitingCase() {
  const [requester, handler] = [await personOf("viewer"), await personOf("handler")];
  const request = await givenRequest(requester.id, { type: "consult" });
  const file = await givenFile(request, requester);
  await givenTaken(request, handler);
  await givenProposal(request, handler, { decision: "fulfilled" });
  return { caseNumber: request.number, caseFileId: file.id };
}
