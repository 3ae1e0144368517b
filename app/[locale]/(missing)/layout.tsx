import { connection } from "next/server";

import { ReaderFrame } from "../_components/reader-frame";

/** Addresses without a page, in the frame of who reads. */
export default async function MissingLayout({ children }: { children: React.ReactNode }) {
  // Their security policy asks for a nonce, which a prerendered page cannot carry.
  await connection();
  return <ReaderFrame>{children}</ReaderFrame>;
}
