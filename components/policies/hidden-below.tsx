"use client";

import { usePathname } from "@/messages/navigation";

type Props = { paths: readonly string[]; children: React.ReactNode };

/** Shows its content except on these pages and the pages below them, which say the same themselves. */
export function HiddenBelow({ paths, children }: Props) {
  const pathname = usePathname();
  const isThere = paths.some(
    (path) => pathname === path || (path !== "/" && pathname.startsWith(`${path}/`)),
  );
  return isThere ? null : children;
}
