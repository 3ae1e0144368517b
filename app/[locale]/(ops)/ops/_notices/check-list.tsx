"use client";

import { useTranslations } from "next-intl";

import { fieldId } from "@/components/form/form-state";
import { useMessage } from "@/components/form/use-message";
import { linkClass } from "@/components/ui/link";
import { StatusShape } from "@/components/ui/status";
import { cn } from "@/lib/cn";

type Missing = Readonly<Record<string, readonly string[]>>;
type Props = { label: string; missing: Missing };

const NAMED = [
  "title",
  "situation",
  "measures",
  "adviceDevelopers",
  "adviceEndUsers",
  "silentReason",
  "correctsId",
  "type",
  "incident",
  "audience",
] as const;

/** What still keeps the notice from its review, each a link to its field. */
export function CheckList({ label, missing }: Props) {
  const t = useTranslations("incidents.browser.check");
  const say = useMessage();
  return (
    <ul aria-label={label}>
      {Object.entries(missing).map(([field, keys]) => {
        const text = t("field", {
          field: nameOf(field),
          problem: say(keys[0] ?? "errors.field.required"),
        });
        return (
          <li
            key={field}
            className="border-line grid grid-cols-[20px_minmax(0,1fr)] items-baseline border-b py-2"
          >
            <StatusShape tone="danger" />
            {field === "audience" ? (
              // Saves what is typed, then goes on to the choice.
              <button
                type="submit"
                name="intent"
                value="audience"
                className={cn(linkClass("plain"), "text-left")}
              >
                {text}
              </button>
            ) : (
              <a href={`#${fieldId(field)}`} className={linkClass("plain")}>
                {text}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );

  function nameOf(field: string): string {
    const [part, row] = field.split(".");
    const known = NAMED.find((one) => one === part) ?? "title";
    const isRow = (known === "measures" || known === "adviceDevelopers") && row !== undefined;
    return isRow ? t(`row.${known}`, { number: Number(row) + 1 }) : t(`name.${known}`);
  }
}
