import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { SelectField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import type { QueueRow } from "@/domain/requests/list-queue";

import { assignAll } from "../actions";
import { QueueTable } from "./queue-table";

type Props = { rows: readonly QueueRow[]; handlers: readonly { id: string; name: string }[] };

/** The queue with a box before each case, and whom the ticked ones are given to: all of them or none. */
export function AssignForm({ rows, handlers }: Props) {
  const t = useTranslations("requests.desk");
  return (
    <ActionForm action={assignAll} label={t("bulk.title")} resetOnDone>
      <QueueTable rows={rows} isTickable />
      <div className="mt-4 flex flex-wrap items-end gap-2">
        <div>
          <SelectField
            name="handlerId"
            label={t("do.handler")}
            options={[
              { value: "", label: t("do.chooseHandler") },
              ...handlers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
        <SubmitButton variant="outline">{t("bulk.title")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
