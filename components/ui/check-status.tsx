import { Status } from "./status";

/** Of what is either as it should be or wants somebody's eye; more states than two have a table of their own. */
export function CheckStatus({ isGood, children }: { isGood: boolean; children: React.ReactNode }) {
  return <Status tone={isGood ? "ok" : "warn"}>{children}</Status>;
}
