"use client";

import { useTranslations } from "next-intl";

import { NOTICE_CHECKS } from "@/db/vocabulary/incidents";
import { CheckList as Checks, type Missing } from "@/components/reviews/check-list";

type Props = { label: string; missing: Missing; isAnnouncement: boolean };

const NAMED = [
  "title",
  "situation",
  "measures",
  "adviceDevelopers",
  "adviceEndUsers",
  "silentReason",
  "goesOutAt",
  "correctsId",
  "type",
  "incident",
  "audience",
  "matterParts",
] as const;

export function CheckList({ label, missing, isAnnouncement }: Props) {
  const t = useTranslations("incidents.browser.check");
  const say = (field: string, problem: string) => t("field", { field: nameOf(field), problem });
  return <Checks label={label} missing={missing} say={say} elsewhere={{ audience: "audience" }} />;

  function nameOf(field: string): string {
    const [part, row] = field.split(".");
    const check = NOTICE_CHECKS.find((one) => one === row);
    if (part === "explanations" && check) return t(`checks.${check}`);
    const known = NAMED.find((one) => one === part) ?? "title";
    if (known === "situation" && isAnnouncement) return t("name.text");
    const isRow = (known === "measures" || known === "adviceDevelopers") && row !== undefined;
    return isRow ? t(`row.${known}`, { number: Number(row) + 1 }) : t(`name.${known}`);
  }
}
