import { useLocale } from "next-intl";

import { type Case } from "@/domain/requests/read-case";

/** Which case a form is about, how it was when the form was shown, and in which language. */
export function Seen({ found }: { found: Pick<Case, "number" | "revision"> }) {
  return (
    <>
      <input type="hidden" name="locale" value={useLocale()} />
      <input type="hidden" name="number" value={found.number} />
      <input type="hidden" name="revision" value={found.revision} />
    </>
  );
}
