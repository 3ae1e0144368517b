import { Button, type ButtonVariant } from "./button";

type Props = { label: string; variant?: ButtonVariant };

/** Opens the browser's print dialog, which also saves as PDF; without JavaScript it is not to be seen. */
export function PrintButton({ label, variant = "text" }: Props) {
  return (
    <Button variant={variant} data-print="" className="noscript:invisible">
      {label}
    </Button>
  );
}
