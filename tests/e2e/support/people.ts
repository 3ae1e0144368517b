import { readPerson } from "@/domain/access/session";
import { signInAsDemoPerson } from "@/domain/access/sign-in-as";
import { ANONYMOUS, asJob, type Context, type Person } from "@/domain/context";
import { hashSessionToken, newSessionToken } from "@/domain/access/secrets";

import { type Role } from "./roles";

/** Who plays each role: people of the demo's story. */
const EMAILS: Record<Exclude<Role, "anonymous">, string> = {
  owner: "mira.holt@northwind.example",
  viewer: "jonas.vale@northwind.example",
  stranger: "lu.shiyu@luming.example",
  author: "xu.mingheng@yunqiao.example",
  approver: "shen.anlan@yunqiao.example",
  handler: "jiang.yingxue@yunqiao.example",
  support: "he.xiaoman@yunqiao.example",
  auditor: "bai.shuo@yunqiao.example",
  admin: "qiao.jingyi@yunqiao.example",
};

/** The person of a role, as an actor. */
export async function personOf(role: Exclude<Role, "anonymous">): Promise<Person> {
  const person = await readPerson(asJob("tests", new Date()), { email: EMAILS[role] });
  if (!person) throw new Error(`the story has no ${role}`);
  return person;
}

export const contextOf = async (role: Exclude<Role, "anonymous">): Promise<Context> => ({
  actor: await personOf(role),
  now: new Date(),
});

/** The Cookie header of a fresh session; none for a stranger to the house. */
export async function cookieOf(role: Role): Promise<string> {
  return role === "anonymous" ? "" : sessionOf(await personOf(role));
}

const NOBODY = { network: "", mark: "", device: "" };

/** The Cookie header of a fresh session of a person. */
export async function sessionOf({ id }: Pick<Person, "id">): Promise<string> {
  const token = newSessionToken();
  await signInAsDemoPerson(
    { actor: ANONYMOUS, now: new Date() },
    { userId: id, tokenHash: hashSessionToken(token), visitor: NOBODY },
  );
  return `gaozhi-session=${token}`;
}
