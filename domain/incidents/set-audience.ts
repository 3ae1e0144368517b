import { and, eq, inArray, isNull } from "drizzle-orm";

import type { Tx } from "@/db/client";
import { apps, type AudienceRule, type Notice } from "@/db/schema";
import { CHOSEN_CONTACTS, type ChosenContact, USUAL_CONTACTS } from "@/db/vocabulary/accounts";
import { hashOf } from "@/lib/hash";

import { Conflict, Invalid } from "../errors";
import { namedLines, textOfList } from "../list-text";
import { saveDraft } from "../reviews/draft";
import { type RecordedStep, verb } from "../verb";
import { chosenAccounts } from "./chosen-accounts";
import { lockEditable } from "./find";
import { audienceInput } from "./input";
import { NOTICE } from "./review-kind";
import { ruleSummary } from "./reviewed-content";
import { audienceProblems, isNarrowed } from "./rules";
import { checkIds, faultsOf, isUsable, leftOut, readIds } from "./sdk-app-ids";
import { readRange } from "./version-range";

/**
 * Sets whom a notice concerns: everybody, by rule, by a list of SDKAppIDs, or all
 * apps of some accounts; some may be left out. A line of a
 * list that cannot be used is refused by its number, unless such lines are to be left out; an edit
 * voids what waits for approval.
 * @returns how many lines were left out, and which were doubled
 * @throws Conflict, Invalid
 */
export const setAudience = verb({
  may: "notice.draft",
  input: audienceInput,

  async run(step, input) {
    const { notice } = await lockEditable(step.tx, input);
    const { productId } = notice;
    assertOwnAudience(notice);
    const lists = { leavesOut: input.leavesOut, productId };
    const byList = input.by === "list";
    const ofAccounts = await idsOf(step.tx, input, productId);
    const named = byList
      ? await usable(step, {
          ...lists,
          ...{ field: "named", text: input.named },
          ...{ fileField: "namedFile", file: input.namedFile },
        })
      : NONE;
    const excluded = await usable(step, {
      ...lists,
      ...{ field: "excluded", text: input.excluded },
      ...{ fileField: "excludedFile", file: input.excludedFile },
    });
    if (byList && named.ids.length === 0)
      throw new Invalid("errors.form", { named: ["errors.field.required"] });

    const chosen =
      input.by === "rule"
        ? await chosenAccounts(step, { ...input, productId }, notice.audience)
        : {};
    const rule: AudienceRule = {
      productId,
      ...(input.by === "rule" ? { ...ruleOf(input, chosen), ...chosen } : ANY),
      ...contactsOf(input.contacts),
      sdkAppIds: byList ? named.ids : ofAccounts,
      excludedSdkAppIds: excluded.ids,
      ...(notice.audience.rehearsal && { rehearsal: true }),
    };
    const report = {
      revision: notice.revision,
      leftOut: leftOut(named) + leftOut(excluded),
      doubled: namedLines([...named.faults.duplicate, ...excluded.faults.duplicate]),
    };
    if (hashOf(rule) === hashOf(notice.audience)) return step.unchanged(report);
    const { revision } = await saveDraft(step, NOTICE, {
      draft: notice,
      own: { audience: rule, audienceVersionId: null },
    });
    await step.record("notice.audience_set", {
      id: notice.id,
      before: ruleSummary(notice.audience),
      after: ruleSummary(rule),
    });
    return { ...report, revision };
  },
});

/** What follows an announcement concerns whom that one concerned. @throws Conflict */
export function assertOwnAudience({ followsId }: Pick<Notice, "followsId">): void {
  if (followsId) throw new Conflict("notices.errors.follow.audience");
}

/** The usual contacts are not named, so that rules from before keep their hashes. */
function contactsOf(given: readonly ("" | ChosenContact)[]): Pick<AudienceRule, "contacts"> {
  const contacts = CHOSEN_CONTACTS.filter((kind) => given.includes(kind));
  return hashOf(contacts) === hashOf(USUAL_CONTACTS) ? {} : { contacts };
}

const ANY = { platforms: [], versionRange: "", regions: [], apiOnly: false };
const NONE = readIds("", "named");

const RANGE_REFUSALS = {
  unreadable: "notices.errors.audience.range",
  nothing: "notices.errors.audience.rangeNothing",
} as const;

type Given = Pick<AudienceRule, "platforms" | "versionRange" | "regions" | "apiOnly" | "declared">;
type Chosen = Pick<AudienceRule, "tags" | "toldBy">;

function ruleOf(
  { platforms, versionRange, regions, apiOnly, declared = [] }: Given,
  chosen: Chosen,
): Given {
  const read = readRange(versionRange);
  if ("refusal" in read)
    throw new Invalid(
      "errors.form",
      { versionRange: [RANGE_REFUSALS[read.refusal]] },
      { part: read.part },
    );
  const { range } = read;
  const problems = audienceProblems({ platforms, apiOnly, versionRange: range });
  if (Object.keys(problems).length > 0) throw new Invalid("errors.form", problems);
  if (!isNarrowed({ platforms, versionRange: range, regions, apiOnly, declared, ...chosen }))
    throw new Invalid("errors.form", { by: ["notices.errors.audience.nothingChosen"] });
  return {
    platforms: [...new Set(platforms)].sort(),
    versionRange: range,
    regions: [...new Set(regions)].sort(),
    apiOnly,
    // Absent where nothing is asked for, as in every rule from before, so that their hashes hold.
    ...(declared.length > 0 && { declared: [...new Set(declared)].sort() }),
  };
}

/** The open apps of the accounts, where these were chosen: the list they stand for from now on. @throws Invalid for none */
async function idsOf(
  tx: Tx,
  { by, accountIds }: { by: string; accountIds: readonly string[] },
  productId: string,
): Promise<string[]> {
  if (by !== "accounts") return [];
  const rows = await tx
    .select({ id: apps.sdkAppId })
    .from(apps)
    .where(
      and(
        inArray(apps.accountId, [...accountIds]),
        eq(apps.productId, productId),
        isNull(apps.closedAt),
      ),
    )
    .orderBy(apps.sdkAppId);
  if (rows.length === 0)
    throw new Invalid("errors.form", { accountIds: ["notices.errors.audience.noAccount"] });
  return rows.map(({ id }) => id);
}

type Listed = Parameters<typeof textOfList>[0] & { leavesOut: boolean; productId: string };

async function usable({ tx }: RecordedStep, { leavesOut, productId, ...given }: Listed) {
  const { field, text } = textOfList(given);
  const list = await checkIds(tx, { list: readIds(text, field), productId });
  const faults = faultsOf(list);
  if (faults && !(leavesOut && isUsable(list)))
    throw new Invalid("errors.form", { [field]: faults.keys }, faults.values);
  return list;
}
