"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";

import { asUnheard } from "@/components/form/answered";

type Props = { ids: readonly string[]; markRead: (form: FormData) => Promise<void> };

/** Opening a message reads it: by a POST from the opened page, because a GET may be a mere prefetch. */
export function ReadOnOpen({ ids, markRead }: Props) {
  const router = useRouter();
  const joined = ids.join(" ");
  useEffect(() => {
    const form = new FormData();
    for (const id of joined.split(" ")) form.append("id", id);
    startTransition(async () => {
      // What nobody answered stays unread, and is marked when it is opened again.
      const isMarked = await markRead(form).then(() => true, asUnheard);
      if (isMarked) router.refresh();
    });
  }, [joined, markRead, router]);
  return null;
}
