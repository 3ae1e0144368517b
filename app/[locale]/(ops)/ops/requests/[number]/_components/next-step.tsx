import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ActionForm, type FormAction } from "@/components/form/action-form";
import { SelectField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { listTakers } from "@/domain/requests/takers";
import { canAsk, canMove, standingOf } from "@/domain/requests/rules";

import { ask, assign, fetchBack, verify } from "../actions";
import { type CaseParts } from "./parts";
import { Folded } from "./folded";
import { RouteForm } from "./route-form";
import { Seen } from "./seen";
import { WordsForm } from "./words-form";

/** What a handler can do with the case now: take it, verify, ask, send on. */
export async function NextStep(parts: CaseParts) {
  const { ctx, found } = parts;
  const [t, takers] = [await getTranslations("cases.do"), await listTakers(ctx, found)];
  const mayTake = takers.some(({ id }) => id === ctx.actor.id);
  const isMine = found.handlerId === ctx.actor.id;
  const isOpenToMe = isMine && !found.decisionId;
  const standing = standingOf(found);
  return (
    <Section title={t("title")}>
      {!isMine && <Hands found={found} mayTake={mayTake} />}
      <div className="grid gap-4">
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          {isMine ? <GoOn found={found} /> : mayTake && <Take {...parts} />}
          <AssignForm found={found} takers={takers} />
        </div>
        {isOpenToMe && canAsk(standing) && <AskForm found={found} />}
        {isOpenToMe && canMove(standing, "with_developer") && <RouteForm {...parts} />}
      </div>
    </Section>
  );
}

/** In whose hands the case is, for who does not have it. */
function Hands({ found, mayTake }: Pick<CaseParts, "found"> & { mayTake: boolean }) {
  const t = useTranslations("cases.do");
  return (
    <p className="mb-3">
      {found.handlerName ? t("notYours", { name: found.handlerName }) : t("nobody")}{" "}
      {!mayTake && t("notForYou")}
    </p>
  );
}

type Takers = Awaited<ReturnType<typeof listTakers>>;

function Take({ ctx, found }: CaseParts) {
  const t = useTranslations("cases.do");
  return (
    <ActionForm action={assign} label={t("take")}>
      <Seen found={found} />
      <input type="hidden" name="handlerId" value={ctx.actor.id} />
      <SubmitButton>{t("take")}</SubmitButton>
    </ActionForm>
  );
}

/** The one button that brings the case further. */
function GoOn({ found }: Pick<CaseParts, "found">) {
  const t = useTranslations("cases.do");
  if (found.status === "verifying" || found.status === "need_more")
    return <OneButton {...{ found, action: verify, label: t("verified") }} />;
  if (found.status === "with_developer")
    return <OneButton {...{ found, action: fetchBack, label: t("takeBack") }} />;
  return null;
}

/** Asking for more, in words. */
function AskForm({ found }: Pick<CaseParts, "found">) {
  const t = useTranslations("cases.do");
  return (
    <Folded title={t("askOpen")}>
      <WordsForm
        found={found}
        action={ask}
        act={t("ask")}
        name="text"
        label={t("askText")}
        hint={t("askHint")}
      />
    </Folded>
  );
}

async function AssignForm({ found, takers }: Pick<CaseParts, "found"> & { takers: Takers }) {
  const t = await getTranslations("cases.do");
  const others = takers.filter(({ id }) => id !== found.handlerId);
  if (others.length === 0) return null;
  return (
    <ActionForm action={assign} label={t("assign")} className="flex flex-wrap items-end gap-2">
      <Seen found={found} />
      <div>
        <SelectField
          name="handlerId"
          label={t("handler")}
          options={[
            { value: "", label: t("chooseHandler") },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <SubmitButton variant="outline">{t("assign")}</SubmitButton>
    </ActionForm>
  );
}

type OneButtonProps = Pick<CaseParts, "found"> & { action: FormAction; label: string };

function OneButton({ found, action, label }: OneButtonProps) {
  return (
    <ActionForm action={action} label={label}>
      <Seen found={found} />
      <SubmitButton>{label}</SubmitButton>
    </ActionForm>
  );
}
