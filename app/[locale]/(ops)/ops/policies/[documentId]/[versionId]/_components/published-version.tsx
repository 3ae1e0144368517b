import { getLocale, getTranslations } from "next-intl/server";

import { Published } from "@/app/[locale]/(ops)/ops/_reviews/published";
import { BroadcastTable } from "@/components/broadcasts/delivery-list";
import { ChangeList } from "@/components/policies/change-list";
import { VersionPeriod } from "@/components/policies/version-period";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { Hash } from "@/components/ui/hash";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { listBroadcastsAbout } from "@/domain/broadcasts/list";
import { findWithdrawals } from "@/domain/broadcasts/withdrawals";
import { type Context, type Person } from "@/domain/context";
import { type OpsVersion } from "@/domain/policies/find-version";
import { type Address, at, withLanguage } from "@/lib/addresses";
import { readText } from "@/text/offload";
import { placedInTranslation, placeNames } from "@/text/places";
import { formatDateTime } from "@/lib/format";

import { VersionHistory } from "./history";
import { VersionHead } from "./version-head";

type Props = {
  ctx: Context & { actor: Person };
  read: OpsVersion;
  pages: { done?: string | string[]; told?: string };
};

/** An approved version: what it is, what was sent about it, who has answered, how it came about. */
export async function PublishedVersionPage({ ctx, pages, read }: Props) {
  const { version, document, texts } = read;
  const [t, r, locale] = await Promise.all([
    getTranslations("policies.ops.published"),
    getTranslations("reviews"),
    getLocale(),
  ]);
  const { withdrawals, told } = await findWithdrawals(ctx, { subjectId: version.id });
  const binding = await readText(texts[document.bindingLocale] ?? "");
  const shown = await readText(texts[locale] ?? texts[document.bindingLocale] ?? "");
  const changes = placedInTranslation(version.changes, { binding, translation: shown });
  const publicHref = at("/policies/*/*", document.slug, version.label);

  return (
    <Published
      head={
        <VersionHead
          {...read}
          actions={
            <Buttons>
              <ButtonLink href={publicHref}>{t("public")}</ButtonLink>
              <ButtonLink href={at("/ops/policies/*/*/answers", document.id, version.id)}>
                {t("answers")}
              </ButtonLink>
              {!version.provenance && (
                <ButtonLink href={at("/ops/policies/*/*/correction", document.id, version.id)}>
                  {t("correction")}
                </ButtonLink>
              )}
            </Buttons>
          }
        />
      }
      done={pages.done}
      withdrawals={withdrawals}
      withdrawal={
        isAhead(ctx, version)
          ? { ctx, subjectType: "version", subjectId: version.id, people: told }
          : null
      }
      aside={
        <>
          <VersionFacts {...read} />
          <Section title={r("history.title")}>
            <VersionHistory read={read} withdrawals={withdrawals} />
          </Section>
        </>
      }
    >
      <ChangeList
        changes={changes}
        locale={locale}
        outline={placeNames(
          shown,
          changes.map(({ anchor }) => anchor),
        )}
        textHref={withLanguage(locale, publicHref)}
      />
      <Broadcasts
        ctx={ctx}
        versionId={version.id}
        href={at("/ops/policies/*/*", document.id, version.id)}
        page={pages.told}
      />
    </Published>
  );
}

async function VersionFacts({ version, hashNow }: Pick<OpsVersion, "version" | "hashNow">) {
  const [t, locale] = await Promise.all([getTranslations("policies.ops.published"), getLocale()]);
  return (
    <Section title={t("facts")}>
      <Facts
        tight
        facts={[
          { term: t("period"), value: <VersionPeriod {...version} /> },
          {
            term: t("approved"),
            value: version.approvedAt && formatDateTime(version.approvedAt, locale),
          },
          { term: t("endUsers"), value: t(version.affectsEndUsers ? "affected" : "notAffected") },
          { term: t("hash"), value: version.contentHash && <Hash value={version.contentHash} /> },
          ...(hashNow === version.contentHash
            ? []
            : [{ term: t("hashNow"), value: <Hash value={hashNow} /> }]),
        ]}
      />
    </Section>
  );
}

/** Until its midnight it can be withdrawn. */
function isAhead({ now }: Context, version: OpsVersion["version"]): boolean {
  const { status, effectiveAt } = version;
  return status === "scheduled" && effectiveAt !== null && effectiveAt > now;
}

type BroadcastsProps = { ctx: Context; versionId: string; href: Address; page: string | undefined };

async function Broadcasts({ ctx, versionId, href, page }: BroadcastsProps) {
  if (!may(ctx.actor, "broadcast.read")) return null;
  const [t, broadcasts] = await Promise.all([
    getTranslations("policies.ops.published"),
    listBroadcastsAbout(ctx, { subjectId: versionId, page }),
  ]);
  return (
    <Section title={t("broadcasts")}>
      {broadcasts.rows.length === 0 ? (
        <p className="text-ink-muted">{t("noBroadcasts")}</p>
      ) : (
        <BroadcastTable caption={t("broadcasts")} broadcasts={broadcasts.rows} />
      )}
      <Pager name="told" href={href} previous={broadcasts.previous} next={broadcasts.next} />
    </Section>
  );
}
