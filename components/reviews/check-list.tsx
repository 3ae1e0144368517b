"use client";

import { fieldId } from "@/components/form/field-id";
import { useMessage } from "@/components/form/use-message";
import { linkClass } from "@/components/ui/link";
import { cn } from "@/lib/cn";

import { UnmetShape } from "./review-status";

export type Missing = Readonly<Record<string, readonly string[]>>;

type Props = {
  label: string;
  missing: Missing;
  say: (field: string, problem: string) => string;
  /** Fields that are chosen on a page of their own: what is typed is saved first, by this intent. */
  elsewhere?: Readonly<Record<string, string>>;
};

/** What still keeps a draft from its review, each a link to its field. */
export function CheckList({ label, missing, say, elsewhere = {} }: Props) {
  const message = useMessage();
  return (
    <ul aria-label={label}>
      {Object.entries(missing).map(([field, keys]) => {
        const text = say(field, message(keys[0] ?? "errors.field.required"));
        const intent = elsewhere[field];
        return (
          <li
            key={field}
            className="border-line grid grid-cols-[20px_minmax(0,1fr)] items-baseline border-b py-2"
          >
            <UnmetShape />
            {intent ? (
              <button
                type="submit"
                name="intent"
                value={intent}
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
}
