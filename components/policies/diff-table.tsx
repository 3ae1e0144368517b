import { useTranslations } from "next-intl";

import { type TableChange } from "@/text/table-diff";

import { Segments } from "./diff-segments";

const ROWS = {
  unchanged: "",
  changed: "",
  added: "bg-diff-ins/50",
  removed: "bg-diff-del/50",
} as const;

/**
 * A table with what came and went in its rows and cells; a word says it per row. Its frame is
 * positioned, so that words for screen readers far to the right do not widen the page.
 */
export function DiffTable({ change }: { change: TableChange }) {
  const t = useTranslations("policies.diff");
  return (
    <div
      role="region"
      aria-label={t("table")}
      tabIndex={0}
      className="text-ui relative overflow-x-auto leading-6"
    >
      <table className="w-full border-collapse wrap-break-word max-md:min-w-[34rem]">
        <thead>
          <tr>
            <th
              scope="col"
              className="border-line-strong text-caption border-b py-2 pr-3 text-left"
            >
              <span className="sr-only">{t("change")}</span>
            </th>
            {change.head.map((cell, column) => (
              <th
                key={column}
                scope="col"
                className="border-line-strong text-caption text-ink-muted border-b p-2 text-left align-bottom break-keep"
              >
                <Segments segments={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {change.rows.map(({ kind, cells }, index) => (
            <tr key={index} className={ROWS[kind]}>
              <td className="border-line text-caption text-ink-muted border-b py-2 pr-3 align-top leading-6 whitespace-nowrap">
                {kind !== "unchanged" && t(kind)}
              </td>
              {cells.map((cell, column) => (
                <td key={column} className="border-line border-b p-2 align-top">
                  <Segments segments={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
