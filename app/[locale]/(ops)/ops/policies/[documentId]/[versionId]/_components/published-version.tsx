import { getLocale, getTranslations } from "next-intl/server";

import {
  WithdrawalPanel,
  WithdrawnNote,
} from "@/app/[locale]/(ops)/ops/_withdrawals/withdrawal-panel";
import { SuccessBanner } from "@/app/[locale]/(ops)/ops/_components/success-banner";
import { BroadcastTable } from "@/components/broadcasts/delivery-list";
import { ChangeList } from "@/components/policies/change-list";
import { VersionPeriod } from "@/components/policies/version-period";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { Hash } from "@/components/ui/hash";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { listBroadcastsAbout } from "@/domain/broadcasts/list";
import { findWithdrawals } from "@/domain/broadcasts/withdrawals";
import { type Context, type Person } from "@/domain/context";
import { type OpsVersion } from "@/domain/policies/find-version";
import { parsePolicyText } from "@/text/parse-text";
import { placeNames } from "@/text/places";
import { formatDateTime } from "@/lib/format";
import { getPathname } from "@/messages/navigation";

import { History } from "./history";
import { VersionHead } from "./version-head";

type Props = OpsVersion & {
  ctx: Context & { actor: Person };
  done: string | string[] | undefined;
};

/** An approved version: what it is, what was sent about it, who has answered, how it came about. */
export async function PublishedVersionPage({ ctx, done, ...read }: Props) {
  const { version, document, texts } = read;
  const [t, locale] = await Promise.all([getTranslations("policies.ops.published"), getLocale()]);
  const { withdrawals, told } = await findWithdrawals(ctx, { subjectId: version.id });
  const here = `/ops/policies/${document.id}/${version.id}`;
  const publicHref = `/policies/${document.slug}/${version.label}`;

  return (
    <>
      <VersionHead
        {...read}
        actions={
          <Buttons>
            <ButtonLink href={publicHref}>{t("public")}</ButtonLink>
            <ButtonLink href={`${here}/answers`}>{t("answers")}</ButtonLink>
          </Buttons>
        }
      />
      <SuccessBanner what={done} />
      <WithdrawnNote withdrawals={withdrawals} />
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_416px]">
        <div className="min-w-0">
          <ChangeList
            changes={version.changes}
            locale={locale}
            outline={placeNames(
              parsePolicyText(texts[locale] ?? texts[document.bindingLocale] ?? ""),
              version.changes.map(({ anchor }) => anchor),
            )}
            textHref={getPathname({ href: publicHref, locale })}
          />
          <Broadcasts ctx={ctx} versionId={version.id} />
          {isAhead(ctx, version) && (
            <WithdrawalPanel
              ctx={ctx}
              subjectType="version"
              subjectId={version.id}
              people={told}
              withdrawals={withdrawals}
            />
          )}
        </div>
        <aside className="min-w-0">
          <Section title={t("facts")}>
            <Facts
              tight
              facts={[
                { term: t("period"), value: <VersionPeriod {...version} /> },
                {
                  term: t("approved"),
                  value: version.approvedAt && formatDateTime(version.approvedAt, locale),
                },
                {
                  term: t("endUsers"),
                  value: t(version.affectsEndUsers ? "affected" : "notAffected"),
                },
                {
                  term: t("hash"),
                  value: version.contentHash && <Hash value={version.contentHash} />,
                },
              ]}
            />
          </Section>
          <Section title={t("history")}>
            <History {...read} withdrawals={withdrawals} />
          </Section>
        </aside>
      </div>
    </>
  );
}

/** Until its midnight it can be withdrawn. */
function isAhead({ now }: Context, version: OpsVersion["version"]): boolean {
  const { status, effectiveAt } = version;
  return status === "scheduled" && effectiveAt !== null && effectiveAt > now;
}

async function Broadcasts({ ctx, versionId }: { ctx: Context; versionId: string }) {
  if (!may(ctx.actor, "broadcast.read")) return null;
  const [t, broadcasts] = await Promise.all([
    getTranslations("policies.ops.published"),
    listBroadcastsAbout(ctx, { subjectId: versionId }),
  ]);
  return (
    <Section title={t("broadcasts")}>
      {broadcasts.length === 0 ? (
        <p className="text-ink-muted">{t("noBroadcasts")}</p>
      ) : (
        <BroadcastTable caption={t("broadcasts")} broadcasts={broadcasts} />
      )}
    </Section>
  );
}
