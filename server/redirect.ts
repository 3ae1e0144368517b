import "server-only";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";

import { type Address, withLanguage } from "@/lib/addresses";

/** Leads the reader on, in their language; for pages and actions. */
export async function redirectTo(address: Address): Promise<never> {
  redirect(withLanguage(await getLocale(), address));
}
