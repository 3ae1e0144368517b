import { MissingPage } from "@/components/layout/missing-page";

export default function MissingInOperations() {
  return <MissingPage side="ops" />;
}
