"use client";

import { useEffect } from "react";

import { usePathname } from "@/messages/navigation";

/** Closes menus and the phone's navigation when another page is shown: the shell stays, and they with it. */
export function CloseOnNavigation() {
  const pathname = usePathname();
  useEffect(() => {
    for (const open of document.querySelectorAll<HTMLElement>(":popover-open")) open.hidePopover();
  }, [pathname]);
  return null;
}
