import { ButtonForm } from "@/components/form/button-form";
import { Button, type ButtonVariant } from "@/components/ui/button";
import type { MessageChange } from "@/domain/inbox/mark";

import { changeMessageAction } from "./actions";
import { type InboxPlace, searchOf } from "./place";

/** The key that presses the button where its message is the one in hand (components/layout/shortcuts.tsx). */
const KEYS = { archive: "e", restore: "e", read: "u", unread: "u" } as const;

type Props = {
  change: MessageChange;
  id: string;
  /** The list to come back to. */
  place: InboxPlace;
  variant?: ButtonVariant;
  /** The id of the element that names the message, where many stand in one list. */
  describedBy?: string;
  children: React.ReactNode;
};

/** One act on one message; it works without JavaScript. */
export function MessageButton({ change, id, place, variant, describedBy, children }: Props) {
  return (
    <ButtonForm action={changeMessageAction}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="change" value={change} />
      <PlaceFields place={place} />
      <Button
        type="submit"
        size="sm"
        aria-describedby={describedBy}
        data-key={KEYS[change]}
        {...(variant && { variant })}
      >
        {children}
      </Button>
    </ButtonForm>
  );
}

/** Where a form leads back to. */
export function PlaceFields({ place }: { place: InboxPlace }) {
  return (
    <>
      <input type="hidden" name="room" value={place.room} />
      <input type="hidden" name="search" value={searchOf(place)} />
    </>
  );
}
