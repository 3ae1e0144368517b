import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { listDrafts } from "@/domain/requests/read-draft";
import { listOwnRequests, listRoutedRequests } from "@/domain/requests/read-own";
import { at } from "@/lib/addresses";
import { requireContext } from "@/server/session";

import { RequestTable } from "./_components/request-table";
import { deleteDraftAction } from "./new/actions";

export async function generateMetadata() {
  const t = await getTranslations("requests.filing");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ page?: string; waiting?: string; ended?: string }> };

/** The reader's requests, what their accounts were asked to handle, and drafts to go on with. */
export default async function RequestsPage({ searchParams }: Props) {
  const ctx = await requireContext("request.readOwn");
  const pages = await searchParams;
  const [t, own, tasks, ended, drafts] = await Promise.all([
    getTranslations("requests.filing"),
    listOwnRequests(ctx, { page: pages.page }),
    listRoutedRequests(ctx, { shelf: "waiting", page: pages.waiting }),
    listRoutedRequests(ctx, { shelf: "ended", page: pages.ended }),
    listDrafts(ctx, {}),
  ]);
  const start = (
    <ButtonLink href="/requests/new" variant="primary">
      {t("start")}
    </ButtonLink>
  );
  return (
    <>
      <PageHead title={t("title")} note={t("lead")} actions={own.rows.length > 0 && start} />
      {tasks.rows.length > 0 && (
        <Section title={t("list.routed")} note={t("list.routedNote")}>
          <RequestTable caption={t("list.routed")} requests={tasks.rows} task="open" />
          <Pager name="waiting" href="/requests" previous={tasks.previous} next={tasks.next} />
        </Section>
      )}
      {drafts.length > 0 && (
        <Section title={t("list.drafts")}>
          <Drafts drafts={drafts} />
        </Section>
      )}
      <Section id="own" title={t("list.own")}>
        {own.rows.length === 0 ? (
          <EmptyState title={t("list.empty")} actions={start}>
            {t("list.emptyText")}
          </EmptyState>
        ) : (
          <RequestTable caption={t("list.own")} requests={own.rows} />
        )}
        <Pager href={at("/requests", { "#": "own" })} previous={own.previous} next={own.next} />
      </Section>
      {ended.rows.length > 0 && (
        <Section id="ended" title={t("list.ended")} note={t("list.endedNote")}>
          <RequestTable caption={t("list.ended")} requests={ended.rows} task="ended" />
          <Pager
            name="ended"
            href={at("/requests", { "#": "ended" })}
            previous={ended.previous}
            next={ended.next}
          />
        </Section>
      )}
    </>
  );
}

type DraftsProps = { drafts: Awaited<ReturnType<typeof listDrafts>> };

async function Drafts({ drafts }: DraftsProps) {
  const [t, type] = await Promise.all([
    getTranslations("requests.filing.list"),
    getTranslations("requests.type"),
  ]);
  return (
    <ul>
      {drafts.map((draft) => {
        const name = draft.type ? type(draft.type) : t("untyped");
        return (
          <li
            key={draft.id}
            className="border-line flex flex-wrap items-center gap-x-4 gap-y-2 border-b py-2.5"
          >
            <div className="min-w-0 flex-1">
              <p className="font-semibold">{name}</p>
              <p className="text-small text-ink-muted">
                {t("saved")} <Time at={draft.updatedAt} form="table" />
              </p>
            </div>
            <Buttons>
              <ButtonLink
                size="sm"
                href={at("/requests/drafts/*/*", draft.id, draft.step)}
                aria-label={t("resumeNamed", { name })}
              >
                {t("resume")}
              </ButtonLink>
              <ActionForm
                action={deleteDraftAction}
                label={t("deleteNamed", { name })}
                confirm={{
                  title: t("deleteTitle"),
                  body: t("deleteText"),
                  confirmLabel: t("delete"),
                  danger: true,
                }}
              >
                <input type="hidden" name="draftId" value={draft.id} />
                <SubmitButton size="sm" variant="danger" aria-label={t("deleteNamed", { name })}>
                  {t("delete")}
                </SubmitButton>
              </ActionForm>
            </Buttons>
          </li>
        );
      })}
    </ul>
  );
}
