import "server-only";

import type { Locale } from "@/db/vocabulary/languages";
import type { Context } from "@/domain/context";
import { readPolicyKit } from "@/domain/policies/policy-kit";
import { at } from "@/lib/addresses";
import { kitMarkdown, kitWords } from "@/wording/policy-kit";

import { publicAddress } from "./public-metadata";
import { vendorName } from "./vendor";

/** What an app's own policy has to say of its product, and the text that is taken of it (P40). @throws NotFound */
export async function readKitWords(ctx: Context, of: { appId: string; locale: Locale }) {
  const kit = await readPolicyKit(ctx, of);
  const words = kitWords(kit, {
    vendor: vendorName(kit.locale),
    address: publicAddress(kit.locale, at("/policies/*/*", kit.slug, kit.label)),
  });
  return { kit, words, text: kitMarkdown(words) };
}
