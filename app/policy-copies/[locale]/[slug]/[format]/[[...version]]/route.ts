import { z } from "zod";

import { LOCALES } from "@/db/vocabulary/languages";
import { jsonCopy, markdownCopy } from "@/domain/policies/copy-formats";
import { readCopy } from "@/domain/policies/read-copy";
import { parse } from "@/domain/parse";
import { at } from "@/lib/addresses";
import { publicContext } from "@/server/public-context";
import { publicAddress } from "@/server/public-metadata";
import { policyEmbed } from "@/server/policy-embed";
import { answer } from "@/server/route";
import { vendorName } from "@/server/vendor";

const FORMATS = {
  md: { type: "text/markdown; charset=utf-8", write: markdownCopy },
  json: { type: "application/json; charset=utf-8", write: jsonCopy },
  html: { type: "text/html; charset=utf-8", write: policyEmbed },
} as const;

const asked = z.object({
  locale: z.enum(LOCALES),
  slug: z.string(),
  format: z.enum(["md", "json", "html"]),
  version: z.array(z.string()).max(1).default([]),
});

type Props = { params: Promise<Record<string, string | string[]>> };

/**
 * A version to keep (P03), and one to embed. Readers know it as `/zh-CN/policies/im/3.2.md`, `.json` or
 * `.html`, and without a version the one in force; `?text=` with a fingerprint gives it as it read
 * before a correction. next.config.js leads those addresses here, because a page already stands at
 * `/policies/im/[version]`.
 */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  return answer(async () => {
    const { locale, slug, format, version } = parse(asked, await params);
    const [label] = version;
    const hash = new URL(request.url).searchParams.get("text");
    const copy = await readCopy(await publicContext(), {
      ...{ slug, locale, ...(label && { label }), ...(hash && { hash }) },
    });
    const page = publicAddress(locale, at("/policies/*/*", copy.slug, copy.label));
    const { type, write } = FORMATS[format];
    const body = await write(copy, {
      ...{ page, markdown: `${page}.md`, json: `${page}.json` },
      vendor: vendorName(copy.text.locale),
    });
    return new Response(body, {
      headers: {
        "Content-Type": type,
        "Cache-Control": "public, max-age=300",
        "Content-Language": copy.text.locale,
        Link: `<${page}>; rel="canonical"`,
      },
    });
  });
}
