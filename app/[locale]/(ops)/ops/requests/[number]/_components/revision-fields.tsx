import { useLocale } from "next-intl";

import { type StaffRequest } from "@/domain/requests/read-staff-request";

/** Which case a form is about, how it was when the form was shown, and in which language. */
export function RevisionFields({ found }: { found: Pick<StaffRequest, "number" | "revision"> }) {
  return (
    <>
      <input type="hidden" name="locale" value={useLocale()} />
      <input type="hidden" name="number" value={found.number} />
      <input type="hidden" name="revision" value={found.revision} />
    </>
  );
}
