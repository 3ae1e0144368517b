"use client";

import { useLocale } from "next-intl";
import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";

import { type Address, withLanguage } from "@/lib/addresses";
import { asUnheard } from "@/components/form/answered";
import { usePathname } from "@/components/layout/pathname";
import { Button } from "@/components/ui/button";
import { Dialog, FIRST_FOCUS } from "@/components/ui/dialog";

type Props = {
  id: string;
  /** The page the popup leads to; there it does not open. */
  href: Address;
  close: (form: FormData) => Promise<void>;
  title: React.ReactNode;
  later: string;
  read: string;
  children: React.ReactNode;
};

/** Whoever is answering, filling in a form or reading the receipt of it is not interrupted: the popup waits for the next page. */
const AT_WORK = /^\/(acknowledgements|receipts|requests|account)\/./;

/** Closing it is remembered for the person, on every device; the message stays unread in the inbox. */
export function PopupDialog({ id, href, close, title, later, read, children }: Props) {
  const pathname = usePathname();
  const router = useRouter();
  const locale = useLocale();
  const [open, setOpen] = useState(true);

  function dismiss() {
    if (!open) return;
    setOpen(false);
    const form = new FormData();
    form.set("id", id);
    // What nobody answered opens again on another page.
    startTransition(() => close(form).catch((error: unknown) => void asUnheard(error)));
  }

  return (
    <Dialog
      open={open && pathname !== href && !AT_WORK.test(pathname)}
      onClose={dismiss}
      title={title}
      actions={
        <>
          <Button onClick={dismiss}>{later}</Button>
          <Button
            variant="primary"
            {...FIRST_FOCUS}
            onClick={() => {
              dismiss();
              router.push(withLanguage(locale, href));
            }}
          >
            {read}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
