import { getTranslations } from "next-intl/server";

import { DispatchLog } from "@/components/endpoints/dispatch-log";
import { EndpointStatus } from "@/components/endpoints/endpoint-status";
import { ChosenFields } from "@/components/endpoints/endpoint-fields";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { findOwnEndpoint } from "@/domain/endpoints/find";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";

import { changeEndpointAction, replayDispatchAction } from "../actions";
import { EndpointActions } from "./_components/endpoint-actions";
import { EndpointFacts } from "./_components/endpoint-facts";

type Props = {
  params: Promise<{ endpointId: string }>;
  searchParams: Promise<{ page?: string; saved?: string }>;
};

export async function generateMetadata({ params }: Props) {
  const ctx = await requireContext("endpoint.readOwn");
  const { name } = await orNotFound(findOwnEndpoint(ctx, await params));
  return { title: name };
}

/** One endpoint: what it is told of, how its posts are signed, and what became of each. */
export default async function EndpointPage({ params, searchParams }: Props) {
  const [{ endpointId }, { page, saved }] = [await params, await searchParams];
  const ctx = await requireContext("endpoint.readOwn");
  const endpoint = await orNotFound(findOwnEndpoint(ctx, { endpointId, page }));
  const { account, name, topics, locale, canManage, endedAt, log } = endpoint;
  const t = await getTranslations("endpoints");
  const here = at("/account/endpoints/*", endpointId);

  return (
    <>
      <PageHead
        title={name}
        note={
          <span className="flex flex-wrap items-center gap-x-4">
            <EndpointStatus endReason={endpoint.endReason} />
            {t("of", { account: account.name, uin: account.uin })}
          </span>
        }
        crumbs={[
          { label: t("title"), href: at("/account/endpoints", { account: account.id }) },
          { label: name },
        ]}
      />
      {saved === "added" && (
        <div className="mb-6">
          <Banner tone="ok" role="status">
            {t("saved.added")}
          </Banner>
        </div>
      )}
      <Section title={t("page.facts")}>
        <EndpointFacts endpoint={endpoint} />
        {canManage && !endedAt && <EndpointActions endpoint={endpoint} />}
      </Section>
      {canManage && !endedAt && (
        <Section title={t("page.change")}>
          <ActionForm action={changeEndpointAction} className="max-w-form" label={t("page.change")}>
            <input type="hidden" name="endpointId" value={endpointId} />
            <ChosenFields name={name} topics={topics} locale={locale} />
            <div className="mt-6">
              <SubmitButton>{t("form.save")}</SubmitButton>
            </div>
          </ActionForm>
        </Section>
      )}
      <Section id="log" title={t("page.log")}>
        {log.rows.length === 0 ? (
          <EmptyState title={t("page.logEmpty")}>{t("page.logEmptyText")}</EmptyState>
        ) : (
          <DispatchLog
            rows={log.rows}
            {...(canManage && !endedAt && { replay: { action: replayDispatchAction, endpointId } })}
          />
        )}
        <Pager href={here} previous={log.previous} next={log.next} />
      </Section>
    </>
  );
}
