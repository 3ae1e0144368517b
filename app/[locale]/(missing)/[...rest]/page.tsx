import { notFound } from "next/navigation";

/** Every address without a page, so that it is refused in the reader's language. */
export default function UnknownPage() {
  notFound();
}
