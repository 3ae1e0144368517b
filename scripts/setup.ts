import { parseArgs } from "node:util";

import { closeDatabase } from "@/db/client";
import { STAFF_ROLES } from "@/db/vocabulary/access";
import { PLATFORMS } from "@/db/vocabulary/accounts";
import { grantStaffRoles } from "@/domain/access/grant-staff-role";
import { saveProduct } from "@/domain/accounts/save-product";
import { enterKnownYears } from "@/domain/calendar/known-years";
import { asJob } from "@/domain/context";
import { DomainError, Invalid } from "@/domain/errors";

/**
 * Enters what a new installation cannot enter by its own pages: staff with their roles, and
 * products with the packages that deliver them. Uses DATABASE_URL; may be run again.
 *
 *   npm run setup -- --staff "ana@vendor.example,Ana,admin+author" --product "im,即时通信,Instant Messaging" \
 *     --package "im,android,pkg:maven/com.vendor/im-sdk"
 */
const { values } = parseArgs({
  options: {
    staff: { type: "string", multiple: true, default: [] },
    product: { type: "string", multiple: true, default: [] },
    package: { type: "string", multiple: true, default: [] },
  },
});
const ctx = asJob("setup", new Date());

try {
  await enterKnownYears(ctx);
  for (const given of values.staff) {
    const [email = "", name = "", roles = ""] = given.split(",");
    const wanted = STAFF_ROLES.filter((role) => roles.split("+").includes(role));
    const person = await grantStaffRoles(ctx, { email, name, roles: wanted });
    say(`${person.email}: ${wanted.join(", ")}`);
  }
  for (const given of values.product) {
    const [slug = "", nameZh = "", nameEn = ""] = given.split(",");
    const packages = values.package.flatMap((one) => {
      const [of, platform, purl = ""] = one.split(",");
      const known = PLATFORMS.find((name) => name === platform);
      if (of !== slug) return [];
      if (!known) throw new Error(`${platform} is none of ${PLATFORMS.join(", ")}`);
      return [{ platform: known, purl }];
    });
    const product = await saveProduct(ctx, {
      ...{ slug, nameZh, nameEn },
      ...(packages.length > 0 && { packages }),
    });
    say(`${product.slug}: ${product.nameZh} / ${product.nameEn}`);
  }
  if (values.staff.length + values.product.length === 0)
    say('Nothing to do. --staff "address,name,role+role" and --product "slug,中文名,English name"');
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  const fields = error instanceof Invalid ? Object.keys(error.fields).join(", ") : "";
  say(`Not entered: ${error.messageKey} ${fields}`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
