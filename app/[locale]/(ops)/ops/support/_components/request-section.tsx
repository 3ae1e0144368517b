import { getTranslations } from "next-intl/server";

import { StandingTable } from "@/components/tickets/standing-table";
import { Pager } from "@/components/ui/pager";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import type { Context } from "@/domain/context";
import { listRequestStatus } from "@/domain/requests/list-status";
import { type Address, withQuery } from "@/lib/addresses";

type Props = {
  ctx: Context;
  of: { accountId: string } | { requesterId: string };
  page: string | undefined;
  home: Address;
};

/** The customer's requests, the open ones first: where they stand and until when. */
export async function RequestSection({ ctx, of, page, home }: Props) {
  const t = await getTranslations("support.standing");
  const { rows, previous, next } = await listRequestStatus(ctx, { ...of, page });
  return (
    <Section id="requests" title={t("title")} note={t("note")}>
      {rows.length === 0 ? (
        <p className="text-ink-muted">{t("empty")}</p>
      ) : (
        <StandingTable
          caption={t("title")}
          rows={rows}
          canOpen={may(ctx.actor, "request.readAsStaff")}
          canIssue={may(ctx.actor, "ticket.issueLink")}
        />
      )}
      <Pager
        name="requests"
        href={withQuery(home, { "#": "requests" })}
        previous={previous}
        next={next}
      />
    </Section>
  );
}
