import { z } from "zod";

import { LOOPBACK_HOSTS } from "./env-lines";

/** An OpenID Connect provider, which adds a way to sign in. */
export const OIDC_VARIABLES = {
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: "must be an address such as https://id.example.com" })
    .optional()
    .describe("Issuer of an OpenID Connect provider; with its id and secret it adds a sign-in."),
  OIDC_CLIENT_ID: z.string().optional().describe("Client id at the OpenID Connect provider."),
  OIDC_CLIENT_SECRET: z
    .string()
    .optional()
    .describe("Client secret at the OpenID Connect provider."),
  OIDC_HOSTS: z
    .string()
    .default("")
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine(
      (list) => list.every((host) => URL.canParse(`https://${host}`) && !/[/?#@]/.test(host)),
      "must be hosts such as keys.example.com, with commas between",
    )
    .describe(
      "Further hosts of the OpenID Connect provider, where its tokens and keys are got if not at its issuer's: the portal connects to no host that no setting names.",
    ),
  OIDC_ACR: z
    .string()
    .default("")
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .describe(
      "Classes (acr) of the OpenID Connect provider that mean more than one factor, with spaces between, asked for by acr_values; for STAFF_FACTOR=provider where its tokens have no amr.",
    ),
  OIDC_NAME: z
    .string()
    .default("OpenID Connect")
    .describe("Name of the OpenID Connect provider on the sign-in page."),
};

type Given = {
  OIDC_ISSUER?: string | undefined;
  OIDC_CLIENT_ID?: string | undefined;
  OIDC_CLIENT_SECRET?: string | undefined;
};

/** A provider is set whole, and reached by a line that nobody else writes on. */
export function oidcContradictions(given: Given): string[] {
  const found: string[] = [];
  const oidc = [given.OIDC_ISSUER, given.OIDC_CLIENT_ID, given.OIDC_CLIENT_SECRET];
  if (oidc.some(Boolean) && !oidc.every(Boolean)) {
    found.push(
      "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together; set all or none.",
    );
  }
  if (given.OIDC_ISSUER && !isConfidential(new URL(given.OIDC_ISSUER))) {
    found.push(
      "OIDC_ISSUER must begin with https:, because who holds the line decides who signs in; http is for a provider on this machine.",
    );
  }
  return found;
}

const isConfidential = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" || LOOPBACK_HOSTS.includes(hostname);
