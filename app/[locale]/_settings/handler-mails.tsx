import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { chooseHandlerMailsAction } from "@/app/[locale]/(console)/settings/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Select } from "@/components/ui/input";
import { Section } from "@/components/ui/section";
import { CellNote, Table } from "@/components/ui/table";
import { MAIL_PACES } from "@/db/vocabulary/broadcasts";
import { HANDLER_MATTERS, type HandlerMatter } from "@/db/vocabulary/requests";
import { may } from "@/domain/access/permissions";
import type { Context, Person } from "@/domain/context";
import { type HandlerPaces, readHandlerMails } from "@/domain/requests/handler-choices";

/** How a handler is mailed of each kind of thing; what may not be turned off has no such choice, and says why. */
export async function HandlerMails({ ctx }: { ctx: Context & { actor: Person } }) {
  if (!may(ctx.actor, "request.handle")) return null;
  const [t, paces] = await Promise.all([
    getTranslations("requests.handlerMails"),
    readHandlerMails(ctx, {}),
  ]);
  return (
    <Section id="handler-mails" title={t("title")}>
      <ActionForm
        action={chooseHandlerMailsAction}
        label={t("title")}
        doneMessage={t("saved")}
        className="max-w-measure"
      >
        <p className="mb-3">{t("lead")}</p>
        <Table
          caption={t("caption")}
          rows={HANDLER_MATTERS}
          rowKey={(matter) => matter}
          columns={[
            {
              header: t("what"),
              rowHeader: true,
              cell: (matter) => (
                <>
                  {t(`matter.${matter}`)}
                  <CellNote>{t(`why.${matter}`)}</CellNote>
                </>
              ),
            },
            {
              header: t("email"),
              cell: (matter) => <Pace matter={matter} pace={paces[matter]} />,
            },
          ]}
        />
        <p className="text-small text-ink-muted mt-2">{t("digest")}</p>
        <div className="mt-4">
          <SubmitButton>{t("save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

type PaceProps = { matter: HandlerMatter; pace: HandlerPaces[HandlerMatter] };

function Pace({ matter, pace }: PaceProps) {
  const t = useTranslations("requests.handlerMails");
  const paces = useTranslations("access.settings.pace");
  const offered = MAIL_PACES.filter((one) => one !== "never" || matter !== "own_due");
  return (
    <div className="min-w-36">
      <Select name={`mails.${matter}`} aria-label={t(`label.${matter}`)} defaultValue={pace}>
        {offered.map((one) => (
          <option key={one} value={one}>
            {paces(one)}
          </option>
        ))}
      </Select>
    </div>
  );
}
