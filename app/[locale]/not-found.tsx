import { MissingInFrame, ReaderFrame } from "./_components/reader-frame";

/** Where the address has a shell that is not for this reader: theirs. */
export default function MissingForReader() {
  return (
    <ReaderFrame>
      <MissingInFrame />
    </ReaderFrame>
  );
}
