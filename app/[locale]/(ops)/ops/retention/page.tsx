import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";

import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { RetentionTable } from "@/components/retention/retention-table";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { HOLD_REASONS } from "@/db/vocabulary/requests";
import { PURGED_KINDS, type RetentionKind } from "@/db/vocabulary/retention";
import { may } from "@/domain/access/permissions";
import { readRetention, type Retention } from "@/domain/retention/purge";
import { requireContext } from "@/server/session";

import { lift, place } from "./actions";

export async function generateMetadata() {
  const t = await getTranslations("retention.ops");
  return { title: t("title") };
}

/** What is kept, what the next purge would erase, and what is held past its period and why (P14, P57). */
export default async function RetentionPage() {
  const ctx = await requireContext("retention.read");
  const { due, holds } = await readRetention(ctx, {});
  const t = await getTranslations("retention.ops");
  const mayHold = may(ctx.actor, "retention.hold");
  return (
    <>
      <PageHead
        title={t("title")}
        note={
          <>
            {t("lead")} <Link href="/retention">{t("public")}</Link>
          </>
        }
      />
      <RetentionTable due={(kind) => <Due kind={kind} due={due} />} />
      <Section title={t("holds")}>
        {holds.length === 0 && <p className="text-ink-muted">{t("noHolds")}</p>}
        <ul>
          {holds.map((hold) => (
            <Hold key={hold.id} hold={hold}>
              {mayHold && <LiftForm hold={hold} />}
            </Hold>
          ))}
        </ul>
        {mayHold && <PlaceForm />}
      </Section>
    </>
  );
}

function Due({ kind, due }: { kind: RetentionKind } & Pick<Retention, "due">) {
  const t = useTranslations("retention.ops");
  const row = due.find((one) => one.kind === kind);
  if (!row) return "—";
  return row.isHeld ? `${row.due} · ${t("held")}` : row.due;
}

type HoldProps = { hold: Retention["holds"][number] };

function Hold({ hold, children }: HoldProps & { children: React.ReactNode }) {
  const t = useTranslations("retention");
  const reason = useTranslations("requests.hold");
  return (
    <li className="border-line flex flex-wrap items-start gap-x-6 gap-y-2 border-b py-3">
      <div className="min-w-0 flex-1">
        <p>
          <strong>{t(`kinds.${hold.kind}.name`)}</strong> · {hold.requestNumber ?? t("ops.all")}
        </p>
        <p className="wrap-anywhere">
          {reason(hold.reason)} · {hold.words}
        </p>
        <p className="text-small text-ink-muted">
          {t("ops.placedBy", { name: hold.placedByName })} ·{" "}
          <Time at={hold.placedAt} form="table" />
        </p>
      </div>
      {children}
    </li>
  );
}

function LiftForm({ hold }: HoldProps) {
  const t = useTranslations("retention");
  const name = [t(`kinds.${hold.kind}.name`), hold.requestNumber].filter(Boolean).join(" ");
  return (
    <ActionForm action={lift} label={t("ops.liftNamed", { name })}>
      <input type="hidden" name="holdId" value={hold.id} />
      <SubmitButton variant="outline" size="sm">
        {t("ops.liftNamed", { name })}
      </SubmitButton>
    </ActionForm>
  );
}

/** One of the four reasons and what it rests on; all of a kind, or one request's. */
function PlaceForm() {
  const t = useTranslations("retention");
  const reason = useTranslations("requests.hold");
  return (
    <ActionForm action={place} label={t("ops.place")} resetOnDone className="max-w-form mt-6">
      <div>
        <SelectField
          name="kind"
          label={t("ops.of")}
          required
          defaultValue=""
          options={[
            { value: "", label: t("ops.choose") },
            ...PURGED_KINDS.map((value) => ({ value, label: t(`kinds.${value}.name`) })),
          ]}
        />
        <TextField
          name="requestNumber"
          label={t("ops.request")}
          hint={t("ops.requestHint")}
          maxLength={40}
          autoComplete="off"
        />
        <SelectField
          name="reason"
          label={t("ops.reason")}
          required
          defaultValue=""
          options={[
            { value: "", label: t("ops.choose") },
            ...HOLD_REASONS.map((value) => ({ value, label: reason(value) })),
          ]}
        />
        <TextField
          name="words"
          label={t("ops.words")}
          hint={t("ops.wordsHint")}
          required
          maxLength={500}
        />
      </div>
      <div className="mt-3">
        <SubmitButton variant="outline">{t("ops.place")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
