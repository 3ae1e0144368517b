import type { AddressRule } from "../channel";

/** A mobile number: no address that anybody names, for what is posted goes to the operator alone. A second message is shown a second time. */
export const smsAddress: AddressRule = {
  fits: () => false,
  example: "+86 138****0000",
  secret: "none",
  paceMs: 30_000,
  isRepeatable: false,
};
