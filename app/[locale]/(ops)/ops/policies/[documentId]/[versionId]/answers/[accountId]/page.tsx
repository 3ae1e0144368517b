import { getLocale, getTranslations } from "next-intl/server";

import { ReadAbout } from "@/app/[locale]/_inbox/read-about";
import { NoteForm } from "@/components/form/note-form";
import { AskStatus } from "@/components/policies/answer-status";
import { Conversation } from "@/components/policies/conversation";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { may } from "@/domain/access/permissions";
import { readConversation } from "@/domain/policies/conversation";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { writeToAccountAction } from "../actions";

type Props = { params: Promise<{ versionId: string; accountId: string }> };

export async function generateMetadata({ params }: Props) {
  const [t, { accountName }] = await Promise.all([
    getTranslations("policies.ops.talk"),
    readShown(params),
  ]);
  return { title: t("pageTitle", { account: accountName }) };
}

/** What was written with one account about its answer to a version. */
export default async function TalkPage({ params }: Props) {
  const ctx = await requireContext("policy.readCoverage");
  const { versionId } = await params;
  const talk = await readShown(params);
  const { accountId, accountName, uin, documentId, titles, label, state, messages } = talk;
  const [t, words, locale] = await Promise.all([
    getTranslations("policies.ops.talk"),
    getTranslations("policies.ops"),
    getLocale(),
  ]);
  const named = { title: titles[locale], label };

  return (
    <>
      <PageHead
        crumbs={[
          { label: words("documents.title"), href: "/ops/policies" },
          {
            label: words("answers.title", named),
            href: at("/ops/policies/*/*/answers", documentId, versionId),
          },
          { label: accountName },
        ]}
        title={t("title", { account: accountName })}
        note={
          <span className="flex flex-wrap items-center gap-x-3">
            <Link href={at("/ops/accounts/*", accountId)}>UIN {uin}</Link>
            <AskStatus state={state} reader="coverage" />
          </span>
        }
      />
      <ReadAbout ctx={ctx} subjectIds={messages.map(({ id }) => id)} />
      {messages.length > 0 ? (
        <Conversation messages={messages} vendor={null} />
      ) : (
        <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
      )}
      {may(ctx.actor, "policy.writeToAccount") && (
        <div className="mt-6">
          <NoteForm
            action={writeToAccountAction}
            label={t("write")}
            subject={{ versionId, accountId }}
            note={{ name: "body", label: t("body"), hint: t("bodyHint"), maxLength: 2000 }}
            submit={t("submit")}
          />
        </div>
      )}
    </>
  );
}

async function readShown(params: Props["params"]) {
  const [ctx, { versionId, accountId }] = [
    await requireContext("policy.readCoverage"),
    await params,
  ];
  return orNotFound(readConversation(ctx, { versionId, accountId }));
}
