import { headers } from "next/headers";

import { may } from "@/domain/access/permissions";
import { visitorContext } from "@/server/session";

import { MissingInFrame, ReaderFrame } from "./_components/reader-frame";

export { missingMetadata as generateMetadata } from "./_components/reader-frame";

/** Rooms that turn nobody away before their shell stands. */
const OPEN_TO_ALL = /^\/[^/]+(\/(policies|incidents|announcements|rights)(\/.*)?)?(\?.*)?$/;

/** Rooms with a shell of their own, which stands, with a word of its own for what is missing, once this is allowed. */
const ROOMS = [
  [/^\/[^/]+\/ops(?:[/?]|$)/, "staff.home"],
  [
    /^\/[^/]+\/(?:account|acknowledgements|home|inbox|receipts|requests|settings)(?:[/?]|$)/,
    "inbox.readOwn",
  ],
] as const;

/**
 * Where the address has a shell that is not for this reader: theirs. Every page carries this along
 * in case it is needed, so those where it cannot be go without a second shell: it would be half of
 * what they send.
 */
export default async function MissingForReader() {
  const path = (await headers()).get("x-gaozhi-path") ?? "";
  const { actor } = await visitorContext();
  const isInside = ROOMS.some(([rooms, allowed]) => rooms.test(path) && may(actor, allowed));
  if (isInside || OPEN_TO_ALL.test(path)) return <MissingInFrame />;
  return (
    <ReaderFrame>
      <MissingInFrame />
    </ReaderFrame>
  );
}
