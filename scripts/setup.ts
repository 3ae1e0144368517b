import { parseArgs } from "node:util";

import { closeDatabase } from "@/db/client";
import { STAFF_ROLES } from "@/db/vocabulary/access";
import { PLATFORMS } from "@/db/vocabulary/accounts";
import { grantStaffRoles } from "@/domain/access/grant-staff-role";
import { saveProduct } from "@/domain/accounts/save-product";
import { enterKnownYears } from "@/domain/calendar/known-years";
import { asJob, type Context } from "@/domain/context";
import { DomainError, Invalid } from "@/domain/errors";
import { env } from "@/lib/env";
import { StartError } from "@/lib/start-error";

import { runCommand, say } from "./launch/say";

/**
 * Enters what a new installation cannot enter by its own pages: staff with their roles, and
 * products with the packages that deliver them. Uses DATABASE_URL; may be run again.
 *
 *   npm run setup -- --staff "ana@vendor.example,Ana,admin+author" --product "im,即时通信,Instant Messaging" \
 *     --package "im,android,pkg:maven/com.vendor/im-sdk"
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      staff: { type: "string", multiple: true, default: [] },
      product: { type: "string", multiple: true, default: [] },
      package: { type: "string", multiple: true, default: [] },
    },
  });
  env();
  try {
    await enter(values);
    return 0;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const fields = error instanceof Invalid ? Object.keys(error.fields).join(", ") : "";
    say(`Not entered: ${error.messageKey} ${fields}`);
    return 1;
  } finally {
    await closeDatabase();
  }
});

type Given = { staff: string[]; product: string[]; package: string[] };

async function enter(given: Given): Promise<void> {
  const ctx = asJob("setup", new Date());
  await enterKnownYears(ctx);
  for (const one of given.staff) {
    const [email = "", name = "", roles = ""] = one.split(",");
    const wanted = STAFF_ROLES.filter((role) => roles.split("+").includes(role));
    const person = await grantStaffRoles(ctx, { email, name, roles: wanted });
    say(`${person.email}: ${wanted.join(", ")}`);
  }
  await enterProducts(ctx, given);
  if (given.staff.length + given.product.length === 0)
    say('Nothing to do. --staff "address,name,role+role" and --product "slug,中文名,English name"');
}

async function enterProducts(ctx: Context, given: Given): Promise<void> {
  for (const one of given.product) {
    const [slug = "", nameZh = "", nameEn = ""] = one.split(",");
    const packages = packagesOf(slug, given.package);
    const product = await saveProduct(ctx, {
      ...{ slug, nameZh, nameEn },
      ...(packages.length > 0 && { packages }),
    });
    say(`${product.slug}: ${product.nameZh} / ${product.nameEn}`);
  }
}

/** @throws StartError */
function packagesOf(slug: string, given: readonly string[]) {
  return given.flatMap((one) => {
    const [of, platform = "", purl = ""] = one.split(",");
    const known = PLATFORMS.find((name) => name === platform);
    if (of !== slug) return [];
    if (known) return [{ platform: known, purl }];
    const all = PLATFORMS.join(", ");
    throw new StartError(
      `没有“${platform}”这个平台,可以是 ${all}。`,
      `${platform} is none of ${all}.`,
    );
  });
}
