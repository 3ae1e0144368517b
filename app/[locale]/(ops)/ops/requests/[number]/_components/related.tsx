import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { RequestStatus } from "@/components/requests/request-status";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { listRelated } from "@/domain/requests/list-related";
import { at } from "@/lib/addresses";

import { link } from "../actions";
import { Disclosure } from "./disclosure";
import { type RequestParts } from "./request-parts";
import { RevisionFields } from "./revision-fields";

/** Other requests of the same person or ticket, or linked by hand; whose hands the case is in may link more. */
export async function Related({ ctx, found }: RequestParts) {
  const related = await listRelated(ctx, { number: found.number });
  const isMine = found.handlerId === ctx.actor.id;
  if (related.length === 0 && !isMine) return null;
  const [t, types] = await Promise.all([
    getTranslations("requests.desk.case"),
    getTranslations("requests.type"),
  ]);
  return (
    <Section title={t("related")}>
      <ul className="border-line border-t empty:hidden">
        {related.map(({ number, type, status, receivedAt, isDuplicate }) => (
          <li key={number} className="border-line border-b py-2">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <Link href={at("/ops/requests/*", number)}>{number}</Link>
              <span>{types(type)}</span>
              {isDuplicate && <strong className="text-small">{t("duplicate")}</strong>}
            </p>
            <p className="text-small text-ink-muted flex flex-wrap items-baseline gap-x-3">
              <Time at={receivedAt} form="table" />
              <RequestStatus status={status} />
            </p>
          </li>
        ))}
      </ul>
      {isMine && <LinkForm found={found} />}
    </Section>
  );
}

/** That it repeats another case, or does not after all. */
async function LinkForm({ found }: Pick<RequestParts, "found">) {
  const t = await getTranslations("requests.desk.do");
  const isLinked = found.duplicateOf !== null;
  return (
    <div className="mt-3 grid gap-3">
      {isLinked && (
        <ActionForm action={link} label={t("unlink")}>
          <RevisionFields found={found} />
          <input type="hidden" name="other" value="" />
          <SubmitButton variant="outline">{t("unlink")}</SubmitButton>
        </ActionForm>
      )}
      <Disclosure title={t("linkOpen")}>
        <ActionForm action={link} label={t("linkOpen")}>
          <RevisionFields found={found} />
          <TextField name="other" label={t("linkOther")} hint={t("linkHint")} required />
          <div className="mt-3">
            <SubmitButton variant="outline">{t("link")}</SubmitButton>
          </div>
        </ActionForm>
      </Disclosure>
    </div>
  );
}
