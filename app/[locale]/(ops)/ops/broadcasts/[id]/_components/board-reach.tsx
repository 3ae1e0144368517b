import { getTranslations } from "next-intl/server";

import { type Counts, countOf } from "@/components/broadcasts/delivery-counts";
import { DeliveryOverTime } from "@/components/broadcasts/delivery-over-time";
import { Reach } from "@/components/broadcasts/reach";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { readCourse } from "@/domain/broadcasts/course";
import { type findBroadcast } from "@/domain/broadcasts/find";
import { type Context } from "@/domain/context";
import { isToBeKnown } from "@/domain/inbox/know";
import { countCoverage } from "@/domain/policies/coverage";

type Broadcast = Awaited<ReturnType<typeof findBroadcast>>;
type Props = { ctx: Context; broadcast: Broadcast; mails: Counts; messages: Counts };

/** How far it reached and how fast, where it was told to more than one person and all are written. */
export async function BoardReach({ ctx, broadcast, mails, messages }: Props) {
  // Whoever is mailed has the in-site message too, where there are any.
  const people = Math.max(countOf(mails), countOf(messages));
  if (people < 2 || !broadcast.preparedAt) return null;
  const [t, course, answers] = await Promise.all([
    getTranslations("broadcasts.board"),
    readCourse(ctx, broadcast),
    // While mails leave, the board is read anew every few seconds, and answers are not what it is about.
    countOf(mails, ["queued"]) > 0 ? null : answersTo(ctx, broadcast),
  ]);
  return (
    <div className="mt-8 grid items-start gap-x-10 gap-y-8 lg:grid-cols-2 [&>section]:mt-0">
      <Section title={t("reach.title")}>
        <Reach
          {...{ people, mails, messages, answers }}
          read={course.read}
          known={isToBeKnown(broadcast.told) ? course.known : null}
        />
      </Section>
      {mails.length > 0 && (
        <Section title={t("course.title")}>
          <DeliveryOverTime {...{ ...course, broadcast, mails }} now={ctx.now} />
        </Section>
      )}
    </div>
  );
}

/** Accounts, as on the page of the answers; null where the thing told asks for none. */
async function answersTo(ctx: Context, { told }: Broadcast) {
  if (told.kind !== "policy_change" || !may(ctx.actor, "policy.readCoverage")) return null;
  const [version] = await countCoverage(ctx, { versionIds: [told.facts.versionId] });
  if (!version?.asksForAnswers) return null;
  const { acknowledged, disagreed, all } = version.totals;
  return { answered: acknowledged + disagreed, all };
}
