import { useTranslations } from "next-intl";

import {
  changeSecretAction,
  removeEndpointAction,
  testEndpointAction,
} from "@/app/[locale]/(console)/account/endpoints/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import type { OwnEndpoint } from "@/domain/endpoints/find";

/** Test, a new secret, remove. */
export function EndpointActions({ endpoint }: { endpoint: OwnEndpoint }) {
  const t = useTranslations("endpoints.page");
  const { id, name, secretKind } = endpoint;
  const field = <input type="hidden" name="endpointId" value={id} />;
  return (
    <div className="mt-4 flex flex-wrap gap-2 print:hidden">
      <ActionForm action={testEndpointAction} label={t("test")}>
        {field}
        <SubmitButton>{t("test")}</SubmitButton>
      </ActionForm>
      {secretKind === "made" && (
        <ActionForm
          action={changeSecretAction}
          label={t("secretNew")}
          confirm={{
            title: t("secretNewTitle"),
            body: <p>{t("secretNewText")}</p>,
            confirmLabel: t("secretNew"),
          }}
        >
          {field}
          <SubmitButton variant="outline">{t("secretNew")}</SubmitButton>
        </ActionForm>
      )}
      <ActionForm
        action={removeEndpointAction}
        label={t("remove")}
        confirm={{
          title: t("removeTitle", { name }),
          body: <p>{t("removeText")}</p>,
          confirmLabel: t("remove"),
          danger: true,
        }}
      >
        {field}
        <SubmitButton variant="outline">{t("remove")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
