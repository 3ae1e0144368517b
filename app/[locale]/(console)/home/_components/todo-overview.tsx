import { useLocale, useTranslations } from "next-intl";

import { useAdviceTodos } from "@/app/[locale]/(console)/_components/advice-todos";
import { usePendingTodos } from "@/app/[locale]/(console)/_components/pending-list";
import { countWaiting, type Waiting } from "@/app/[locale]/(console)/_reads/waiting";
import { putOffDeclarationsAction } from "@/app/[locale]/(console)/account/apps/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { type Todo, TodoList } from "@/components/ui/todo-list";
import { DECLARATIONS_PUT_OFF_DAYS } from "@/domain/accounts/rules";
import { type Address, at } from "@/lib/addresses";
import { formatTableDateTime } from "@/lib/format";
import { shanghaiMidnight } from "@/lib/shanghai";

type Props = { waiting: Waiting; now: Date };

/** A thing to do by a day, or with none: at once, or when there is time. */
type Dated = Todo & { by: Date | "at once" | "some time" };

/** Everything that waits for the reader: what has no day and cannot wait, then by day, then the rest. */
export function TodoOverview({ waiting, now }: Props) {
  const t = useTranslations("home.console.todo");
  const count = countWaiting(waiting);
  const { pending, requests } = waiting;
  /** What has no room here, and the lists that have it. */
  const more = [
    {
      key: "moreAnswers",
      href: "/acknowledgements",
      count: pending.count - pending.rows.length,
    } as const,
    { key: "more", href: "/requests", count: requests.count - requests.rows.length } as const,
  ].filter((rest) => rest.count > 0);
  const answers = usePendingTodos({ pending: pending.rows, now });
  const todos = [
    ...useAdviceTodos(waiting.advice).map((todo, index): Dated => ({
      ...todo,
      by: waiting.advice[index]?.isRequired ? "at once" : "some time",
    })),
    ...useRequestTodos(waiting),
    ...pending.rows.flatMap(({ effectiveAt }, index) => {
      const todo = answers[index];
      return todo ? [{ ...todo, by: effectiveAt }] : [];
    }),
    ...useOwnPolicyTodos(waiting),
    ...useDeregistrationTodos(waiting),
    ...useContactTodos(waiting),
    ...useDeclarationTodos(waiting),
  ].toSorted((a, b) => momentOf(a) - momentOf(b));
  return (
    <Section title={t("title")} note={count > 0 && t("count", { count })}>
      {count === 0 ? (
        <EmptyState title={t("empty")}>{t("emptyText")}</EmptyState>
      ) : (
        <>
          <TodoList label={t("title")} todos={todos} />
          {more.map(({ key, href, count: hidden }) => (
            <p key={key} className="text-small mt-3">
              <Link href={href}>{t(key, { count: hidden })}</Link>
            </p>
          ))}
        </>
      )}
    </Section>
  );
}

function momentOf({ by }: Dated): number {
  if (by === "at once") return 0;
  return by === "some time" ? Number.MAX_SAFE_INTEGER : by.getTime();
}

/** An end user's request that the account is to answer, and the reader's own that lack something. */
function useRequestTodos({ requests }: Waiting): Dated[] {
  const t = useTranslations("home.console.todo");
  const type = useTranslations("requests.type");
  return requests.rows.map((request) => {
    const { number, wait, isOverdue, workingDaysLeft, appName, accountName } = request;
    const href =
      wait === "developer" ? at("/requests/*/answer", number) : at("/requests/*", number);
    const by = shanghaiMidnight(request.dueDate);
    return {
      ...{ key: number, by, href },
      tone: isOverdue ? "danger" : "warn",
      title: t(`request.${wait}`, { number, type: type(request.type) }),
      why: t(`request.${wait}Why`, { place: appName ?? accountName ?? "" }),
      due: <Time at={by} form="table-date" />,
      dueNote: isOverdue
        ? t("request.overdue")
        : t("request.left", { count: workingDaysLeft ?? 0 }),
      action: <Go href={href}>{t(`request.${wait}Act`)}</Go>,
    };
  });
}

/** A change affects end users: the apps' own policies are to speak of it by its day (P40). */
function useOwnPolicyTodos({ ownPolicies }: Waiting): Dated[] {
  const t = useTranslations("home.console.todo");
  const locale = useLocale();
  return ownPolicies.map((task) => {
    const { accountId, versionId, appId, appName, count, effectiveAt, titles, label } = task;
    const href =
      count === 1
        ? at("/account/apps/*/duties", appId)
        : at("/account", { of: accountId, "#": `apps-${accountId}` });
    return {
      ...{ key: `own-policy-${accountId}-${versionId}`, by: effectiveAt, tone: "warn", href },
      title: t("ownPolicy", {
        ...{ account: task.accountName, title: titles[locale], label, count, name: appName },
      }),
      why: t("ownPolicyWhy"),
      due: <Time at={effectiveAt} form="table-date" />,
      action: <Go href={href}>{t("ownPolicyAct")}</Go>,
    };
  });
}

/** Another owner asked for the account to go; it stands still until the reader confirms or cancels. */
function useDeregistrationTodos({ toConfirm }: Waiting): Dated[] {
  const t = useTranslations("home.console.todo");
  return toConfirm.map(({ id, accountId, accountName, requestedAt }) => {
    const href = at("/account/deregistration", { account: accountId });
    return {
      ...{ key: id, by: "at once", tone: "danger", href },
      title: t("deregistration", { account: accountName }),
      why: t("deregistrationWhy", { at: formatTableDateTime(requestedAt) }),
      action: <Go href={href}>{t("deregistrationAct")}</Go>,
    };
  });
}

function useContactTodos({ contacts }: Waiting): Dated[] {
  const t = useTranslations("home.console.todo");
  const kinds = useTranslations("contacts.kindInText");
  return contacts.map(({ id, accountId, kind, name, sentAt, isExpired }) => {
    const href = at("/account/contacts", { account: accountId });
    return {
      ...{ key: id, by: "some time", tone: "warn", href },
      title: t("contact", { kind: kinds(kind), name }),
      why:
        isExpired || !sentAt
          ? t("contactExpired")
          : t("contactWhy", { at: formatTableDateTime(sentAt) }),
      action: <Go href={href}>{t("contactAct")}</Go>,
    };
  });
}

/** What only an owner can say of the apps; whoever does not know yet is reminded later. */
function useDeclarationTodos({ undeclared }: Waiting): Dated[] {
  const t = useTranslations("home.console.todo");
  return undeclared.map(({ accountId, accountName, count, appId, appName }) => {
    const href =
      count === 1
        ? at("/account/apps/*", appId, { "#": "declarations" })
        : at("/account", { of: accountId, "#": `apps-${accountId}` });
    return {
      ...{ key: `declarations-${accountId}`, by: "some time", tone: "info", href },
      title: t("declaration", { count, account: accountName, name: appName }),
      why: t("declarationWhy"),
      action: (
        <div className="flex flex-wrap items-start gap-2">
          <Go href={href}>{t("declarationAct")}</Go>
          <ActionForm action={putOffDeclarationsAction} label={accountName}>
            <input type="hidden" name="accountId" value={accountId} />
            <SubmitButton variant="text">
              {t("declarationLater", { days: DECLARATIONS_PUT_OFF_DAYS })}
            </SubmitButton>
          </ActionForm>
        </div>
      ),
    };
  });
}

function Go({ href, children }: { href: Address; children: React.ReactNode }) {
  return <ButtonLink href={href}>{children}</ButtonLink>;
}
