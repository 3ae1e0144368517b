import { getTranslations } from "next-intl/server";

import { Banner } from "@/components/ui/banner";
import { buttonClass, ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { DraftState } from "@/domain/reviews/read-states";
import { type Address, withQuery } from "@/lib/addresses";

type Props = {
  states: readonly DraftState[];
  /** The page of the draft. */
  here: Address;
  /** Who reads this. */
  readerId: string;
};

/** What its reader typed last and never saved; nothing where they have saved since. */
export async function TypedBefore({ states, here, readerId }: Props) {
  const [last] = states.filter(({ userId }) => userId === readerId);
  if (last?.kind !== "typed") return null;
  const t = await getTranslations("reviews.states");
  return (
    <div className="mb-6">
      <Banner
        tone="info"
        title={t("unsaved")}
        actions={
          <ButtonLink size="sm" href={withQuery(here, { state: last.id })}>
            {t("look")}
          </ButtonLink>
        }
      >
        {t("unsavedText")} <Time at={last.at} />
      </Banner>
    </div>
  );
}

/** What a draft said before, by whom and when, each to be looked at and taken back. */
export async function DraftHistory({ states, here }: Omit<Props, "readerId">) {
  const t = await getTranslations("reviews.states");
  if (states.length === 0) return null;
  return (
    <details className="mt-8">
      <summary className={buttonClass({ size: "sm" })}>
        {t("title", { count: states.length })}
      </summary>
      <Table
        caption={t("title", { count: states.length })}
        rows={states}
        rowKey={({ id }) => id}
        columns={[
          {
            header: t("at"),
            nowrap: true,
            rowHeader: true,
            cell: ({ id, at }) => (
              <Link href={withQuery(here, { state: id })}>
                <Time at={at} />
              </Link>
            ),
          },
          { header: t("by"), cell: ({ name }) => name },
          { header: t("kind"), cell: ({ kind }) => t(`kinds.${kind}`) },
        ]}
      />
    </details>
  );
}
