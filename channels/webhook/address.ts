import type { AddressRule } from "../channel";

/** Any address of the account's own; its receiver knows a repeated post by its `webhook-id`. */
export const webhookAddress: AddressRule = {
  fits: () => true,
  example: "https://hooks.example.com/gaozhi",
  secret: "made",
  paceMs: 0,
  isRepeatable: true,
};
