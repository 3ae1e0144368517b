import { type Incident, type Notice } from "@/db/schema";
import { type Address, at, type Query } from "@/lib/addresses";

type Named = {
  notice: Pick<Notice, "id">;
  incident: Pick<Incident, "number"> | null;
};
type Row = { id: string; incidentNumber: string | null };
type Part = "" | "/review" | "/audience" | "/preview";

/** Where a notice is worked on, or a page below: in its incident, or among the announcements. */
export const noticeAddress = ({ notice, incident }: Named, part: Part = ""): Address =>
  noticeAddressOf({ id: notice.id, incidentNumber: incident?.number ?? null }, part);

/** The same for a row of a list. */
export const noticeAddressOf = (
  { id, incidentNumber }: Row,
  part: Part = "",
  query: Query = {},
): Address =>
  incidentNumber
    ? at(`/ops/incidents/*/notices/*${part}`, incidentNumber, id, query)
    : at(`/ops/announcements/*${part}`, id, query);
