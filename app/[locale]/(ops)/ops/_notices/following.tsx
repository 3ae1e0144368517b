import { getLocale, getTranslations } from "next-intl/server";

import { followAction } from "@/app/[locale]/(ops)/ops/announcements/actions";
import { FollowBanner } from "@/components/broadcasts/follow-banner";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { FOLLOW_KINDS } from "@/db/vocabulary/incidents";
import { may } from "@/domain/access/permissions";
import { type Context } from "@/domain/context";
import { type OpsNotice } from "@/domain/incidents/find-notice";
import { at } from "@/lib/addresses";
import { localized } from "@/lib/localized";

type Props = { read: OpsNotice };

/** What an announcement was corrected, updated or ended by. */
export function Followed({ read: { following } }: Props) {
  return (
    <FollowBanner
      following={following.flatMap(({ id, kind, at: since }) =>
        since ? [{ kind, at: since, href: at("/ops/announcements/*", id) }] : [],
      )}
    />
  );
}

/** The announcement that this one follows, by its title. */
export async function OriginalLink({ original }: { original: NonNullable<OpsNotice["followed"]> }) {
  const locale = await getLocale();
  const title = localized(original.parts.title, locale);
  return (
    <Link href={at("/ops/announcements/*", original.id)}>
      <span lang={title.locale === locale ? undefined : title.locale}>{title.text}</span>
    </Link>
  );
}

type PanelProps = Props & { ctx: Context; people: number; isWithdrawn: boolean };

/** To correct an announcement, to add to it or to end it; one at a time is on its way. */
export async function FollowPanel({ ctx, read, people, isWithdrawn }: PanelProps) {
  const { notice, following } = read;
  if (isWithdrawn || notice.followsId || !may(ctx.actor, "notice.draft")) return null;
  const [t, kinds] = await Promise.all([
    getTranslations("incidents.desk.follow"),
    getTranslations("notices.follow.kind"),
  ]);
  const ahead = following.find(({ status }) => status !== "published");
  if (ahead)
    return (
      <Section title={t("title")}>
        <p className="mb-3">{t("ahead", { kind: kinds(ahead.kind) })}</p>
        <ButtonLink href={at("/ops/announcements/*", ahead.id)}>{t("open")}</ButtonLink>
      </Section>
    );
  const hasEnded = following.some(({ kind }) => kind === "end");
  const offered = FOLLOW_KINDS.filter((kind) => kind !== "end" || !hasEnded);
  return (
    <Section title={t("title")}>
      <p className="text-ink-muted max-w-measure mb-4">
        {notice.broadcastId ? t("text", { people }) : t("textSilent")}
      </p>
      <ActionForm action={followAction} label={t("title")}>
        <input type="hidden" name="noticeId" value={notice.id} />
        <ul className="grid gap-3">
          {offered.map((kind) => (
            <li key={kind} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <SubmitButton variant="outline" name="kind" value={kind}>
                {t(`start.${kind}`)}
              </SubmitButton>
              <span className="text-ink-muted">{t(`hint.${kind}`)}</span>
            </li>
          ))}
        </ul>
      </ActionForm>
    </Section>
  );
}
