import type { AddressRule } from "../channel";

/** Where a browser's push service takes messages for it (RFC 8030): any vendor's, and whatever path. A second message of the same broadcast replaces the first. */
export const pushAddress: AddressRule = {
  fits: () => true,
  example: "https://fcm.googleapis.com/fcm/send/…",
  secret: "given",
  paceMs: 0,
  isRepeatable: true,
};
