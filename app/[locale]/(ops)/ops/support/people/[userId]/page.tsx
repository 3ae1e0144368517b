import { getTranslations } from "next-intl/server";

import { Link } from "@/components/ui/link";
import { DetailFrame } from "@/components/layout/detail-frame";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { type CustomerPerson, lookAtPerson } from "@/domain/tickets/look-at-customer";
import { at } from "@/lib/addresses";
import { orNotFound } from "@/server/or-not-found";
import { requireContext } from "@/server/session";
import { LinkSection } from "@/app/[locale]/(ops)/ops/support/_components/link-section";
import { RequestSection } from "@/app/[locale]/(ops)/ops/support/_components/request-section";
import { BroadcastSection } from "@/app/[locale]/(ops)/ops/support/_components/broadcast-section";

type Props = {
  params: Promise<{ userId: string }>;
  searchParams: Promise<{ told?: string; requests?: string }>;
};

/** It names nobody: a title is read without the look being on the record. */
export async function generateMetadata() {
  const t = await getTranslations("support.customer");
  return { title: t("person") };
}

/** One person as support sees them: an end user of no account, or a member of some. */
export default async function CustomerPersonPage({ params, searchParams }: Props) {
  const { userId } = await params;
  const ctx = await requireContext("ticket.view");
  const person = await orNotFound(lookAtPerson(ctx, { userId }));
  const [{ told, requests }, t] = await Promise.all([searchParams, getTranslations("support")]);
  const home = at("/ops/support/people/*", userId);
  return (
    <>
      <PageHead
        title={person.name}
        note={<span className="wrap-anywhere">{person.email}</span>}
        crumbs={[{ label: t("search.title"), href: "/ops/support" }, { label: person.name }]}
      />
      <DetailFrame
        aside={
          <>
            <Accounts person={person} />
          </>
        }
      >
        <RequestSection {...{ ctx, home, of: { requesterId: userId }, page: requests }} />
        <LinkSection links={person.links} />
        <BroadcastSection {...{ ctx, home, of: { userId }, page: told }} />
      </DetailFrame>
      <p className="text-small mt-8 print:hidden">
        <Link href={at("/ops/support/then/*/*", "person", userId)}>{t("then.link")}</Link>
      </p>
      <p className="text-small text-ink-muted mt-2">{t("customer.recorded")}</p>
    </>
  );
}

async function Accounts({ person: { accounts } }: { person: CustomerPerson }) {
  const t = await getTranslations("support.customer");
  return (
    <Section title={t("accounts")}>
      {accounts.length === 0 ? (
        <p className="text-ink-muted">{t("noAccounts")}</p>
      ) : (
        <ul>
          {accounts.map(({ id, name, uin }) => (
            <li key={id} className="border-line flex flex-wrap gap-x-3 border-b py-1.5">
              <Link href={at("/ops/support/accounts/*", id)}>{name}</Link>
              <span className="text-ink-muted tabular-nums">{uin}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
