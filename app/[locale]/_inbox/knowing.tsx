import { getLocale, getTranslations } from "next-intl/server";

import { Sealing } from "@/components/audit/sealing";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Facts } from "@/components/ui/facts";
import { Hash } from "@/components/ui/hash";
import { linkClass } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { may } from "@/domain/access/permissions";
import type { Context } from "@/domain/context";
import { findKnowing, isToBeKnown } from "@/domain/inbox/know";
import type { findMessage } from "@/domain/inbox/list";
import { at, withLanguage } from "@/lib/addresses";

import { confirmKnownAction } from "./actions";

type Message = Awaited<ReturnType<typeof findMessage>>;
type Props = { ctx: Context; message: Message };

/** Of what asks no consent: the act of knowing of it, or its receipt. */
export async function Knowing({ ctx, message }: Props) {
  const { id, told, toldTo, knownAt, withdrawnAt } = message;
  if (!may(ctx.actor, "inbox.know")) return null;
  if (knownAt) return <Receipt ctx={ctx} message={message} knownAt={knownAt} />;
  if (!isToBeKnown(told) || withdrawnAt || toldTo.length === 0) return null;
  const [t, locale] = await Promise.all([getTranslations("inbox.know"), getLocale()]);
  return (
    <div className="mt-8 print:hidden">
      <Section title={t("title")}>
        <p className="text-ink-muted max-w-measure">{t("lead")}</p>
        <p className="text-body max-w-measure mt-2">{t("statement")}</p>
        <ActionForm action={confirmKnownAction} label={t("title")} className="mt-3">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="locale" value={locale} />
          <SubmitButton variant="outline">{t("confirm")}</SubmitButton>
        </ActionForm>
      </Section>
    </div>
  );
}

/** What was said, when, by whom, for which accounts, of exactly what; with its proof. */
async function Receipt({ ctx, message, knownAt }: Props & { knownAt: Date }) {
  const { broadcastId, toldTo, factsHash } = message;
  const [t, locale, knowing] = await Promise.all([
    getTranslations("inbox.know"),
    getLocale(),
    findKnowing(ctx, { broadcastId }),
  ]);
  const accounts = toldTo.filter(({ id }) => knowing?.accountIds.includes(id));
  return (
    <div className="mt-8">
      <Section id="known" title={t("receipt")}>
        {knowing && (
          <blockquote lang={knowing.locale} className="text-body max-w-measure mb-3">
            {knowing.statement}
          </blockquote>
        )}
        <Facts
          facts={[
            { term: t("person"), value: ctx.actor.kind === "person" && ctx.actor.name },
            ...accounts.map(({ name }) => ({ term: t("account"), value: name })),
            { term: t("at"), value: <Time at={knownAt} form="full" /> },
            { term: t("hash"), value: <Hash value={factsHash} /> },
          ]}
        />
        {knowing?.proof && (
          <ul className="mt-3 grid gap-1 print:hidden">
            {accounts.map(({ id, name }) => (
              <li key={id}>
                <a
                  href={withLanguage(
                    locale,
                    at("/evidence/*/*/proof.json", broadcastId, id, { of: "known" }),
                  )}
                  download
                  className={linkClass()}
                >
                  {accounts.length > 1 ? t("proofFor", { account: name }) : t("proof")}
                </a>
              </li>
            ))}
          </ul>
        )}
        {knowing && <Sealing proof={knowing.proof} />}
      </Section>
    </div>
  );
}
