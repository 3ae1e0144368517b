import { MissingPage } from "@/components/layout/missing-page";

/** Where no shell could be shown. */
export default function NotFoundWithoutShell() {
  return (
    <main className="max-w-page mx-auto px-5 md:px-8">
      <MissingPage />
    </main>
  );
}
