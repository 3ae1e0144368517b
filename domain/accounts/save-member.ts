import { and, eq } from "drizzle-orm";
import type { z } from "zod";

import type { Tx } from "@/db/client";
import { type Member, members, type User, users } from "@/db/schema";

import { Conflict, Invalid } from "../errors";
import { type RecordedStep, verb } from "../verb";
import { tellMembers } from "./tell-members";
import { formerOwners } from "./former-addresses";
import { memberInput } from "./input";
import { lockAccount, ownersOf } from "./lock";
import { assertStaysOwned, givesUpOwnership } from "./rules";

type Input = z.output<typeof memberInput>;

/**
 * Makes a person a member of an account in a role, or changes the role and the name. An address
 * nobody has yet enters a new person; who had left comes back. Saving what is there changes nothing.
 * @throws Conflict (the last owner stays one; a closed account; an address changed meanwhile), Invalid, NotFound
 */
export const saveMember = verb({
  may: "account.manage",
  input: memberInput,

  async run(step, input) {
    const { tx, record, unchanged } = step;
    await lockAccount(tx, input.accountId);
    const known = await findUser(tx, input.email);
    const there = known && (await findMember(tx, input.accountId, known.id));
    if (there && isSame(there, known, input)) return unchanged({ id: there.id });
    assertMeant(there, known, input);
    if (there && givesUpOwnership(roleOf(there), input.role))
      assertStaysOwned(await ownersOf(tx, input.accountId), there.id);

    if (!known) await assertNobodys(tx, input);
    const user = known ?? (await enterUser(step, input));
    const renamed = user.name !== input.name;
    if (renamed) await tx.update(users).set({ name: input.name }).where(eq(users.id, user.id));
    const id = await writeMember(step, { userId: user.id, input, there });
    await record("member.saved", {
      id,
      before: there && membershipOf(there),
      after: { ...membershipOf({ ...input, userId: user.id, leftAt: null }), renamed },
    });
    await tell(step, { id, userId: user.id, there, input });
    return { id };
  },
});

type News = { id: string; userId: string; there: Member | undefined; input: Input };

/** Tells the person, unless it is their name alone that is another. */
async function tell(step: RecordedStep, { id, userId, there, input }: News): Promise<void> {
  const { accountId, role } = input;
  const was = there ? roleOf(there) : null;
  if (was === role) return;
  const event = was ? "member_changed" : "member_added";
  await tellMembers(step, { moves: [{ userId, accountId, role, event }], runId: id });
}

type Membership = Pick<Member, "accountId" | "userId" | "role" | "leftAt">;

/** A membership as it is on record. */
export const membershipOf = ({ accountId, userId, role, leftAt }: Membership) => ({
  accountId,
  userId,
  role,
  left: leftAt !== null,
});

/** The role a membership gives now: none once it has ended. */
const roleOf = ({ role, leftAt }: Member) => (leftAt ? null : role);

const isSame = (there: Member, user: User, input: Input) =>
  roleOf(there) === input.role && user.name === input.name;

/** A form changes the member it showed, or adds one. @throws Conflict, Invalid */
function assertMeant(there: Member | undefined, known: User | undefined, input: Input): void {
  if (input.memberId && there?.id !== input.memberId)
    throw new Conflict("accounts.errors.addressMoved");
  if (input.asNew) assertNew(there, known, input);
}

/** A form that adds must not change what its reader cannot see. @throws Invalid */
function assertNew(there: Member | undefined, known: User | undefined, input: Input): void {
  if (there && !there.leftAt)
    throw new Invalid("errors.form", { email: ["accounts.errors.memberKnown"] });
  if (known && known.name !== input.name)
    throw new Invalid(
      "accounts.errors.knownAs",
      { name: ["accounts.errors.otherName"] },
      { name: known.name },
    );
}

/** Who has another address now is not entered a second time under the old one. @throws Invalid */
async function assertNobodys(tx: Tx, { email, isAnotherPerson }: Input): Promise<void> {
  const owner = (await formerOwners(tx, [email])).get(email);
  if (owner && !isAnotherPerson)
    throw new Invalid("errors.form", { email: ["accounts.errors.formerAddress"] }, owner);
}

async function findUser(tx: Tx, email: string) {
  const [user] = await tx.select().from(users).where(eq(users.email, email));
  return user;
}

async function findMember(tx: Tx, accountId: string, userId: string) {
  const [member] = await tx
    .select()
    .from(members)
    .where(and(eq(members.accountId, accountId), eq(members.userId, userId)));
  return member;
}

/** Another verb may enter the same address at the same moment: then theirs is the person. */
async function enterUser({ tx, now }: RecordedStep, { email, name, locale }: Input) {
  await tx.insert(users).values({ email, name, locale, createdAt: now }).onConflictDoNothing();
  const user = await findUser(tx, email);
  if (!user) throw new Error("the person was not written");
  return user;
}

type Writing = { userId: string; input: Input; there: Member | undefined };

async function writeMember({ tx, now }: RecordedStep, { userId, input, there }: Writing) {
  const { accountId, role } = input;
  if (!there) {
    const [member] = await tx
      .insert(members)
      .values({ accountId, userId, role, joinedAt: now })
      .returning({ id: members.id });
    if (!member) throw new Error("the member row was not written");
    return member.id;
  }
  const joinedAt = there.leftAt ? now : there.joinedAt;
  await tx.update(members).set({ role, joinedAt, leftAt: null }).where(eq(members.id, there.id));
  return there.id;
}
