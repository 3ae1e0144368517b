import { useTranslations } from "next-intl";

import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";

import { show } from "../actions";
import { type RequestParts } from "./request-parts";
import { RevisionFields } from "./revision-fields";

/** The identifiers, covered until somebody asks for them. */
export function Subjects({ found }: RequestParts) {
  const t = useTranslations("requests.desk.case");
  if (found.subjectCount === 0) return null;
  return (
    <Section title={t("subjects")} note={t("subjectsCount", { count: found.subjectCount })}>
      <ActionForm action={show} label={t("show")}>
        <RevisionFields found={found} />
        <p className="text-small text-ink-muted mb-2">{t("showNote")}</p>
        <SubmitButton variant="outline">{t("show")}</SubmitButton>
      </ActionForm>
    </Section>
  );
}
