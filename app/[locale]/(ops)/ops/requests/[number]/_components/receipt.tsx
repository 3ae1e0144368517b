import { getTranslations } from "next-intl/server";

import { DeletionReceiptSheet } from "@/components/requests/deletion-receipt";
import { Section } from "@/components/ui/section";
import { may } from "@/domain/access/permissions";
import { readReceipt } from "@/domain/requests/receipt";

import { type RequestParts } from "./request-parts";

/** The receipt as the requester has it. */
export async function Receipt({ ctx, found }: RequestParts) {
  if (!may(ctx.actor, "request.read")) return null;
  const t = await getTranslations("requests.receipt");
  const receipt = await readReceipt(ctx, { number: found.number });
  return (
    <Section title={t("title", { number: receipt.receiptNumber })}>
      <div className="border-line bg-raised rounded-md border px-5 py-4">
        <DeletionReceiptSheet receipt={receipt} />
      </div>
    </Section>
  );
}
