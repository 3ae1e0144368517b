import { getTranslations } from "next-intl/server";

import { StaffTable } from "@/components/staff/staff-table";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/pager";
import { may } from "@/domain/access/permissions";
import { listStaff } from "@/domain/staff/list-staff";
import { requireContext } from "@/server/session";

const SAVED = ["invited", "changed", "ended", "proposed", "confirmed", "dropped"] as const;

type Props = { searchParams: Promise<{ page?: string; saved?: string }> };

export async function generateMetadata() {
  const t = await getTranslations("staff");
  return { title: t("title") };
}

/** Who works here: their roles, since when and by whom. */
export default async function StaffPage({ searchParams }: Props) {
  const ctx = await requireContext("staff.read");
  const { page, saved: given } = await searchParams;
  const { rows, previous, next } = await listStaff(ctx, { page });
  const t = await getTranslations("staff");
  const canManage = may(ctx.actor, "staff.manage");
  const saved = SAVED.find((one) => one === given);

  return (
    <>
      <PageHead
        title={t("title")}
        note={t("lead")}
        actions={
          canManage && (
            <ButtonLink href="/ops/staff/new" variant="primary">
              {t("invite")}
            </ButtonLink>
          )
        }
      />
      {saved && (
        <div className="mb-6">
          <Banner tone="ok" role="status">
            {t(`saved.${saved}`)}
          </Banner>
        </div>
      )}
      <StaffTable rows={rows} readerId={ctx.actor.id} canManage={canManage} />
      <Pager href="/ops/staff" previous={previous} next={next} />
    </>
  );
}
