import { ButtonForm } from "@/components/form/button-form";
import { Button, type ButtonVariant } from "@/components/ui/button";

/** Whose shell the inbox stands in: the console's, or that of operations. */
export type Room = "" | "/ops";

type Props = {
  action: (form: FormData) => Promise<void>;
  id: string;
  room: Room;
  /** The view to come back to. */
  show?: string;
  variant?: ButtonVariant;
  /** The id of the element that names the message, where many stand in one list. */
  describedBy?: string;
  children: React.ReactNode;
};

/** One act on one message; it works without JavaScript. */
export function MessageButton({ action, id, room, show, variant, describedBy, children }: Props) {
  return (
    <ButtonForm action={action}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="room" value={room} />
      {show && <input type="hidden" name="show" value={show} />}
      <Button type="submit" size="sm" aria-describedby={describedBy} {...(variant && { variant })}>
        {children}
      </Button>
    </ButtonForm>
  );
}
