import { getLocale, getTranslations } from "next-intl/server";

import { UnreachedStatus } from "@/components/broadcasts/broadcast-status";
import { AttemptList } from "@/components/broadcasts/attempt-list";
import { ActionForm } from "@/components/form/action-form";
import { TextareaField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import { findUnreachedAccount, type Unreached } from "@/domain/broadcasts/unreached";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { noticeTitle } from "@/wording/notice-line";

import { settle } from "./actions";

type Props = { params: Promise<{ broadcastId: string; accountId: string }> };

export async function generateMetadata({ params }: Props) {
  const ctx = await requireContext("unreached.read");
  const { accountName } = await orNotFound(findUnreachedAccount(ctx, await params));
  const t = await getTranslations("broadcasts.unreached");
  return { title: t("pageTitle", { account: accountName }) };
}

/** One account that one notice did not reach, and how it was told after all. */
export default async function UnreachedAccountPage({ params }: Props) {
  const ctx = await requireContext("unreached.read");
  const task = await orNotFound(findUnreachedAccount(ctx, await params));
  const [t, locale] = await Promise.all([getTranslations("broadcasts.unreached"), getLocale()]);
  const { broadcastId, accountId, accountName, uin, told, foundAt, settledAt, tried } = task;
  const mails = tried.filter((one) => one.channel === "email");
  const isUnread = !settledAt && mails.length > 0 && mails.every(({ readAt }) => !readAt);

  return (
    <>
      <PageHead
        title={accountName}
        note={<UnreachedStatus settledAt={settledAt} />}
        crumbs={[{ label: t("title"), href: "/ops/unreached" }, { label: accountName }]}
      />
      <Facts
        facts={[
          {
            term: t("account"),
            value: (
              <>
                <Link href={at("/ops/accounts/*", accountId)}>{accountName}</Link>{" "}
                <span className="text-ink-muted tabular-nums">{uin}</span>
              </>
            ),
          },
          {
            term: t("notice"),
            value: (
              <Link href={at("/ops/broadcasts/*", broadcastId)}>{noticeTitle(told, locale)}</Link>
            ),
          },
          { term: t("found"), value: <Time at={foundAt} /> },
        ]}
      />
      <Section title={t("tried")}>
        <AttemptList broadcastId={broadcastId} tried={tried} />
        {isUnread && <p className="text-small text-ink-muted mt-3">{t("inbox")}</p>}
      </Section>
      {settledAt ? (
        <Settled task={task} at={settledAt} />
      ) : may(ctx.actor, "unreached.settle") ? (
        <SettleForm broadcastId={broadcastId} accountId={accountId} />
      ) : (
        <p className="text-ink-muted mt-6">{t("settle.who")}</p>
      )}
    </>
  );
}

async function Settled({ task: { note, settledBy }, at }: { task: Unreached; at: Date }) {
  const t = await getTranslations("broadcasts.unreached");
  return (
    <Section title={t("how")}>
      <p className="max-w-measure wrap-anywhere whitespace-pre-line">
        {note ?? t("settledByItself")}
      </p>
      <p className="text-small text-ink-muted mt-1">
        {settledBy && <>{settledBy} · </>}
        <Time at={at} />
      </p>
    </Section>
  );
}

type SettleFormProps = { broadcastId: string; accountId: string };

/** How the account was told after all, by phone for instance, or why it cannot be. */
async function SettleForm({ broadcastId, accountId }: SettleFormProps) {
  const t = await getTranslations("broadcasts.unreached.settle");
  return (
    <Section title={t("title")}>
      <ActionForm action={settle} label={t("title")} guard className="max-w-form">
        <input type="hidden" name="broadcastId" value={broadcastId} />
        <input type="hidden" name="accountId" value={accountId} />
        <TextareaField
          name="note"
          label={t("note")}
          hint={t("noteHint")}
          required
          rows={4}
          maxLength={2000}
        />
        <div className="mt-4">
          <SubmitButton>{t("submit")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
