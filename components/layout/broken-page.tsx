"use client";

import { Button } from "@/components/ui/plain-button";
import { useWords } from "@/components/ui/words";

import { type Room, StandInPage } from "./stand-in-page";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A bug of ours: the digest is the number under which the server logged it. */
export function BrokenPage({ error, reset, room }: Props & { room: Room }) {
  const { broken, requestId } = useWords();
  return (
    <div role="alert">
      <StandInPage
        room={room}
        title={broken.brokenTitle}
        text={broken.brokenText}
        request={error.digest && { label: requestId, id: error.digest }}
      >
        <Button onClick={reset}>{broken.retry}</Button>
      </StandInPage>
    </div>
  );
}

export function BrokenReadingPage(props: Props) {
  return <BrokenPage {...props} room="reading" />;
}

export function BrokenWorkingPage(props: Props) {
  return <BrokenPage {...props} room="working" />;
}
