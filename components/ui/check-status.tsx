import { Status } from "./status";

type Props = { isGood: boolean } & Omit<React.ComponentProps<typeof Status>, "tone">;

/** Of what is either as it should be or wants somebody's eye; more states than two have a table of their own. */
export function CheckStatus({ isGood, ...rest }: Props) {
  return <Status tone={isGood ? "ok" : "warn"} {...rest} />;
}
