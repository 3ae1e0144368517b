import { useLocale, useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import type { listDemoPeople } from "@/domain/access/sign-in-as";

import { signInAsDemo } from "../actions";

type Props = { people: Awaited<ReturnType<typeof listDemoPeople>>; returnPath: string };

/** The people of the demo, to enter as with one click; in production there are none. */
export function DemoPeople({ people, returnPath }: Props) {
  const t = useTranslations("access");
  const locale = useLocale();
  if (people.length === 0) return null;
  return (
    <section className="border-line mt-12 border-t pt-8" aria-labelledby="demo-people">
      <h2 id="demo-people" className="text-h3">
        {t("demo.title")}
      </h2>
      <p className="text-ink-muted text-ui mb-4">{t("demo.text")}</p>
      <ul className="border-line border-t">
        {people.map(({ id, name, email, staffRoles, memberRole, accountName }) => (
          <li
            key={id}
            className="border-line flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2.5 max-[18rem]:flex-col max-[18rem]:items-start"
          >
            <div className="min-w-0 flex-1">
              <p className="text-ui font-semibold">{name}</p>
              <p className="text-ink-muted text-small wrap-anywhere">
                {staffRoles.length > 0
                  ? staffRoles.map((role) => t(`staffRole.${role}`)).join(t("demo.and"))
                  : accountName && memberRole
                    ? t("demo.member", {
                        account: accountName,
                        role: t(`memberRole.${memberRole}`),
                      })
                    : email}
              </p>
            </div>
            <ActionForm action={signInAsDemo} label={t("demo.enterAs", { name })}>
              <input type="hidden" name="userId" value={id} />
              <input type="hidden" name="return" value={returnPath} />
              <input type="hidden" name="locale" value={locale} />
              <SubmitButton size="sm" variant="outline" aria-label={t("demo.enterAs", { name })}>
                {t("demo.enter")}
              </SubmitButton>
            </ActionForm>
          </li>
        ))}
      </ul>
    </section>
  );
}
