import { createNavigation } from "next-intl/navigation";

import { routing } from "./routing";

/** Links and redirects that put the reader's language into the address; pass addresses without it. */
export const { Link, redirect, permanentRedirect, usePathname, useRouter, getPathname } =
  createNavigation(routing);
