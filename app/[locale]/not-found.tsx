import { headers } from "next/headers";

import { MissingInFrame, ReaderFrame } from "./_components/reader-frame";

/** Rooms that turn nobody away before their shell stands. */
const OPEN_TO_ALL = /^\/[^/]+(\/(policies|incidents|announcements|rights)(\/.*)?)?(\?.*)?$/;

/**
 * Where the address has a shell that is not for this reader: theirs. Every page carries this along
 * in case it is needed, so those where it cannot be go without a second shell.
 */
export default async function MissingForReader() {
  const path = (await headers()).get("x-gaozhi-path") ?? "";
  if (OPEN_TO_ALL.test(path)) return <MissingInFrame />;
  return (
    <ReaderFrame>
      <MissingInFrame />
    </ReaderFrame>
  );
}
