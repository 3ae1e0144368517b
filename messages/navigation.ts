import { type ComponentProps, type ReactNode } from "react";
import { createNavigation } from "next-intl/navigation";

import { type Address } from "@/lib/addresses";

import { routing } from "./routing";

const navigation = createNavigation(routing);

type LinkProps = Omit<ComponentProps<typeof navigation.Link>, "href"> & { href: Address };

/** Puts the language of the reader, or another, in front of the address. Pages take `BareLink`. */
export const LocalizedLink: (props: LinkProps) => ReactNode = navigation.Link;

export const { usePathname, useRouter, getPathname } = navigation;
