import { getTranslations } from "next-intl/server";

import { ActionForm, type FormAction } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink, Buttons } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { DraftState } from "@/domain/reviews/read-states";
import { type Address } from "@/lib/addresses";

import { Hidden } from "./frame";
import { Changes, type Comparable } from "./since-return";

type Props<Judged> = {
  state: DraftState;
  /** The draft as it is, and beside it as it was. */
  draft: Judged;
  compare: Comparable<Judged>;
  /** Which thing, at which revision. */
  hidden: Record<string, string | number>;
  restore: FormAction;
  here: Address;
};

/** A draft as it once was, beside what it is now, and the way to take it back. */
export async function DraftStatePage<Judged>(props: Props<Judged>) {
  const { state, draft, compare, hidden, restore, here } = props;
  const t = await getTranslations("reviews.states");
  return (
    <Section
      title={t(`stateOf.${state.kind}`, { name: state.name })}
      note={
        <>
          <Time at={state.at} /> · {t("legend")}
        </>
      }
    >
      <Changes judged={draft} compare={compare} same={t("same")} />
      <div className="mt-6">
        <ActionForm action={restore} label={t("restore")}>
          <Hidden values={{ ...hidden, stateId: state.id }} />
          <p className="text-small text-ink-muted mb-3">{t("restoreText")}</p>
          <Buttons>
            <SubmitButton>{t("restore")}</SubmitButton>
            <ButtonLink href={here}>{t("back")}</ButtonLink>
          </Buttons>
        </ActionForm>
      </div>
    </Section>
  );
}
