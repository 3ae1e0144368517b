import { type StaffRequest } from "@/domain/requests/read-staff-request";

/** Which case a form is about and how it was when the form was shown. */
export function RevisionFields({ found }: { found: Pick<StaffRequest, "number" | "revision"> }) {
  return (
    <>
      <input type="hidden" name="number" value={found.number} />
      <input type="hidden" name="revision" value={found.revision} />
    </>
  );
}
