"use client";

import { startTransition, useEffect } from "react";

import { useRouter } from "@/messages/navigation";

type Props = { id: string; markRead: (form: FormData) => Promise<void> };

/** Opening a message reads it: by a POST from the opened page, because a GET may be a mere prefetch. */
export function ReadOnOpen({ id, markRead }: Props) {
  const router = useRouter();
  useEffect(() => {
    const form = new FormData();
    form.set("id", id);
    startTransition(async () => {
      await markRead(form);
      router.refresh();
    });
  }, [id, markRead, router]);
  return null;
}
