import { MissingPage } from "@/components/layout/missing-page";

export { missingMetadata as generateMetadata } from "../_components/reader-frame";

export default function MissingInOperations() {
  return <MissingPage side="ops" />;
}
