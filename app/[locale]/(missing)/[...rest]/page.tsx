import { notFound } from "next/navigation";

export { missingMetadata as generateMetadata } from "@/app/[locale]/_components/reader-frame";

/** Every address without a page, so that it is refused in the reader's language. */
export default function UnknownPage() {
  notFound();
}
