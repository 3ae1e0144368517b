import { isHonest } from "./compare";
import type { PointRow } from "./one-run";

/**
 * The points at which workers were killed by the provider's faults, as a Markdown table: in each cell how
 * many died there of those that were at work at once.
 */
export function matrixOf(rows: readonly PointRow[]): string {
  const faults = [...new Set(rows.flatMap(({ cells }) => cells.map(({ fault }) => fault)))];
  const lines = rows.map((row) => {
    const cells = faults.map((name) => {
      const cell = row.cells.find(({ fault }) => fault === name);
      return cell ? `${cell.died}/${cell.crew}` : "";
    });
    const counts = [row.lost, row.doubled, row.unexpected, row.disagreeing].map((of) => of.length);
    const found = isHonest(row) ? "0" : counts.join(", ");
    return [row.point, ...cells, found, row.unknown, row.retried, `${Math.round(row.takenUp)} s`];
  });
  const head = ["killed", ...faults, "lost, doubled, wrong, disagreeing"];
  const rest = ["unknown", "sent again", "taken up"];
  return [[...head, ...rest], [...head, ...rest].map(() => "---"), ...lines]
    .map((line) => `| ${line.join(" | ")} |`)
    .join("\n");
}
