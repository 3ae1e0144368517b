import { getLocale, getTranslations } from "next-intl/server";

import { stateOwnPolicyAction, takeKitAction } from "@/app/[locale]/(console)/account/apps/actions";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { DiffView } from "@/components/policies/diff-view";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { readOwnPolicy } from "@/domain/policies/own-policy";
import { at } from "@/lib/addresses";
import { formatDate } from "@/lib/format";
import { shanghaiDay, shanghaiMidnight } from "@/lib/shanghai";
import { compareTexts } from "@/text/offload";

type Own = Awaited<ReturnType<typeof readOwnPolicy>>;
type Props = {
  own: Own;
  /** The text to take as it is today; null where the guide lists nothing. */
  text: string | null;
  /** The guide's version that it is of. */
  label: string | null;
  now: Date;
};

/** What the app's own policy has to speak of, the text for it, and that it does (P40). */
export async function OwnPolicy({ own, text, label, now }: Props) {
  const t = await getTranslations("policies.duties.policy");
  return (
    <>
      <Section title={t("tasks")}>
        {own.open.length === 0 ? (
          <EmptyState title={t("nothing")}>{t("nothingText")}</EmptyState>
        ) : (
          own.open.map((task) => <Task key={task.versionId} own={own} task={task} now={now} />)
        )}
      </Section>
      <Text own={own} text={text} label={label} />
      {own.updates.length > 0 && <Updates updates={own.updates} />}
    </>
  );
}

async function Task({ own, task, now }: { own: Own; task: Own["open"][number]; now: Date }) {
  const [t, locale] = await Promise.all([getTranslations("policies.duties.policy"), getLocale()]);
  const title = t("task", { title: task.titles[locale], label: task.label });
  return (
    <div className="mb-6 last:mb-0">
      <h3 className="text-ui font-semibold">
        <Link href={at("/policies/*/*", task.slug, task.label)}>{title}</Link>
      </h3>
      <p className="text-ink-muted mb-3">
        {t("by", { date: formatDate(task.effectiveAt, locale) })}
      </p>
      {own.mayState && (
        <ActionForm action={stateOwnPolicyAction} label={title} guard className="max-w-form">
          <input type="hidden" name="appId" value={own.app.id} />
          <input type="hidden" name="versionId" value={task.versionId} />
          <TextField
            name="url"
            type="url"
            label={t("url")}
            hint={t("urlHint")}
            maxLength={500}
            placeholder="https://"
            autoComplete="off"
          />
          <TextField
            name="updatedOn"
            type="date"
            label={t("updatedOn")}
            hint={t("updatedOnHint")}
            max={shanghaiDay(now)}
          />
          <div className="mt-4">
            <SubmitButton>{t("state")}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </div>
  );
}

/** The text as it is today, marked against the one taken last. */
async function Text({ own, text, label }: Omit<Props, "now">) {
  const [t, locale] = await Promise.all([getTranslations("policies.duties.policy"), getLocale()]);
  const { taken, app } = own;
  if (text === null)
    return (
      <Section title={t("text")}>
        <EmptyState title={t("noText")}>{t("noTextText")}</EmptyState>
      </Section>
    );
  const isSame = taken?.take.text === text;
  const note = taken
    ? t("taken", { date: formatDate(taken.take.takenAt, locale), name: taken.by })
    : t("notTaken");
  return (
    <Section title={t("text")} note={note}>
      {taken && !isSame ? (
        <Redline before={taken.take.text} after={text} />
      ) : (
        <WholeText text={text} isSame={isSame} />
      )}
      {own.mayState && !isSame && <Take appId={app.id} label={label ?? ""} />}
      <p className="mt-4">
        <Link href={at("/account/apps/*", app.id, { "#": "policy-kit" })}>{t("files")}</Link>
      </p>
    </Section>
  );
}

async function Redline({ before, after }: { before: string; after: string }) {
  const [t, locale] = await Promise.all([getTranslations("policies.duties.policy"), getLocale()]);
  const { entries } = await compareTexts(before, after);
  return (
    <>
      <p className="text-ink-muted mb-3">{t("changed")}</p>
      <DiffView entries={entries} layout="inline" onlyChanges={false} lang={locale} />
    </>
  );
}

async function WholeText({ text, isSame }: { text: string; isSame: boolean }) {
  const [t, locale] = await Promise.all([getTranslations("policies.duties.policy"), getLocale()]);
  return (
    <>
      {isSame && <p className="text-ink-muted mb-3">{t("same")}</p>}
      <pre
        lang={locale}
        tabIndex={0}
        aria-label={t("text")}
        role="region"
        className="border-line bg-ground text-small max-h-100 overflow-auto rounded-md border p-4 wrap-anywhere whitespace-pre-wrap"
      >
        {text}
      </pre>
    </>
  );
}

async function Take({ appId, label }: { appId: string; label: string }) {
  const [t, locale] = await Promise.all([getTranslations("policies.duties.policy"), getLocale()]);
  return (
    <ActionForm action={takeKitAction} label={t("take", { label })} className="mt-4">
      <input type="hidden" name="appId" value={appId} />
      <input type="hidden" name="locale" value={locale} />
      <p className="text-ink-muted mb-3">{t("takeText")}</p>
      <SubmitButton variant="outline">{t("take", { label })}</SubmitButton>
    </ActionForm>
  );
}

async function Updates({ updates }: Pick<Own, "updates">) {
  const [t, locale] = await Promise.all([getTranslations("policies.duties.policy"), getLocale()]);
  return (
    <Section title={t("updates")}>
      <ul className="grid gap-2">
        {updates.map(({ update, by }) => (
          <li key={update.id} className="wrap-anywhere">
            {t("update", { date: formatDate(update.statedAt, locale), name: by })}{" "}
            {update.updatedOn &&
              t("since", { date: formatDate(shanghaiMidnight(update.updatedOn), locale) })}{" "}
            {update.url}
          </li>
        ))}
      </ul>
    </Section>
  );
}
