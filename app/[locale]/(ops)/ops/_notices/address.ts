import { type Incident, type Notice } from "@/db/schema";

type Named = {
  notice: Pick<Notice, "id">;
  incident: Pick<Incident, "number"> | null;
};

/** Where a notice is worked on, without the language: in its incident, or among the announcements. */
export const noticeAddress = ({ notice, incident }: Named): string =>
  noticeAddressOf({ id: notice.id, incidentNumber: incident?.number ?? null });

/** The same for a row of a list. */
export const noticeAddressOf = ({
  id,
  incidentNumber,
}: {
  id: string;
  incidentNumber: string | null;
}): string =>
  incidentNumber ? `/ops/incidents/${incidentNumber}/notices/${id}` : `/ops/announcements/${id}`;
