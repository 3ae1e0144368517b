import type { ENV_VARIABLES } from "@/lib/env";

/** The README's table of variables, as Markdown. */
export function envTable(variables: typeof ENV_VARIABLES): string {
  const rows = variables.map(
    ({ name, description, default: standard }) =>
      `| \`${name}\` | ${description.replaceAll("|", "\\|")} | ${standard ? `\`${standard}\`` : ""} |`,
  );
  return ["| variable | what it is | default |", "| --- | --- | --- |", ...rows].join("\n");
}
