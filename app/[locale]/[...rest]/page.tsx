import { connection } from "next/server";
import { notFound } from "next/navigation";

/** Every address without a page, so that it is refused in the reader's language. */
export default async function UnknownPage() {
  // Its security policy carries a nonce, which a prerendered page cannot.
  await connection();
  notFound();
}
