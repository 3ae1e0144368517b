import { connection } from "next/server";

import { PublicFrame } from "../_components/public-frame";

/** Addresses without a page look like the reading side. */
export default async function MissingLayout({ children }: { children: React.ReactNode }) {
  // Their security policy asks for a nonce, which a prerendered page cannot carry.
  await connection();
  return <PublicFrame>{children}</PublicFrame>;
}
