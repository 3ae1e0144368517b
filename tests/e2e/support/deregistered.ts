import { randomInt } from "node:crypto";

import { readPerson } from "@/domain/access/session";
import { createAccount } from "@/domain/accounts/create-account";
import { saveMember } from "@/domain/accounts/save-member";
import { asJob } from "@/domain/context";
import { requestDeregistration } from "@/domain/deregistrations/request";
import { certificateKey } from "@/domain/access/secrets";
import { executeDeregistrations } from "@/jobs/due";

import { contextOf } from "./people";

const DAYS = 86_400_000;

/** An account with one owner of its own. */
export async function givenLeavingAccount(name: string) {
  const admin = await contextOf("admin");
  const uin = String(randomInt(2e11, 3e11));
  const email = `owner-${uin}@leaving.example`;
  const { id: accountId } = await createAccount(admin, { uin, name });
  await saveMember(admin, { accountId, email, name: "离开者", role: "owner", locale: "zh-CN" });
  return { accountId, uin, email, name };
}

/** The number and key of the certificate of an account that went a moment ago. */
export async function givenDeregistered() {
  const { accountId, email, name } = await givenLeavingAccount("远帆工作室");
  const before = new Date(Date.now() - 8 * DAYS);
  const owner = await readPerson(asJob("tests", before), { email });
  if (!owner) throw new Error("the owner was not entered");
  const { number } = await requestDeregistration(
    { actor: { ...owner, signedInAt: before }, now: before },
    {
      accountId,
      typedName: name,
      isSettled: true,
      elsewhere: { unansweredVersions: 0, openAdvice: 0 },
    },
  );
  await executeDeregistrations(new Date());
  return { certificateNumber: number, certificateKey: certificateKey(number) };
}
