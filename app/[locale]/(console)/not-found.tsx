import { MissingPage } from "@/components/layout/missing-page";

/** What is not there, or is somebody else's: the same page for both. */
export default function MissingInConsole() {
  return <MissingPage side="console" />;
}
