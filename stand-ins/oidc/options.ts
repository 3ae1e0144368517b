import { z } from "zod";

import { readEnvironment } from "../read-environment";

/** What is wrong with the ID token of an identity, for proofs that the portal refuses it. */
export const FAULTS = ["signature", "nonce", "audience", "issuer", "expired"] as const;

const person = z.object({
  /** What the provider calls the person, for ever. */
  sub: z.string().min(1),
  name: z.string(),
  /** As the provider has it: it may be in capitals, or missing. */
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  /** Where the address is told; providers may leave it to the userinfo endpoint (OIDC Core 5.4). */
  emailIn: z.enum(["id_token", "userinfo"]).optional(),
  /** How they proved themselves (RFC 8176), of which class that is, and how many seconds before; null: not told. */
  amr: z.array(z.string()).optional(),
  acr: z.string().optional(),
  authAge: z.number().nullable().optional(),
  fault: z.enum(FAULTS).optional(),
});

/** An identity the provider can sign in. */
export type OidcPerson = z.output<typeof person>;

export type OidcStandInOptions = {
  clientId: string;
  clientSecret: string;
  /** The one address that codes are sent to; unset, any address of the machine itself. */
  redirectUri?: string | undefined;
  people: readonly OidcPerson[];
  /** Port on 127.0.0.1; 0 or unset picks a free one. */
  port?: number | undefined;
};

/** People of the demo's story, and two whom the portal has to refuse. */
const DEMO_PEOPLE: readonly OidcPerson[] = [
  { sub: "mira", name: "Mira Holt", email: "Mira.Holt@northwind.example", email_verified: true },
  { sub: "xu", name: "许明衡", email: "xu.mingheng@yunqiao.example", email_verified: true },
  { sub: "nobody", name: "Nobody", email: "nobody@elsewhere.example", email_verified: true },
  { sub: "unsure", name: "Unsure", email: "mira.holt@northwind.example", email_verified: false },
];

const variables = z.object({
  /** Port on 127.0.0.1; 0 or unset picks a free one. */
  OIDC_STANDIN_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** The identities as JSON; unset, people of the demo's story. */
  OIDC_STANDIN_PEOPLE: z
    .string()
    .transform((text, ctx): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        ctx.addIssue({ code: "custom", message: "must be JSON" });
        return z.NEVER;
      }
    })
    .pipe(z.array(person))
    .optional(),
  /** The one address that codes are sent to; unset, any address of this machine. */
  OIDC_STANDIN_REDIRECT_URI: z.url("must be an address").optional(),
  /** What the portal is told as well. */
  OIDC_CLIENT_ID: z.string("is not set").min(1, "is not set"),
  OIDC_CLIENT_SECRET: z.string("is not set").min(1, "is not set"),
});

/**
 * The options of a stand-in that runs as a program of its own.
 * @throws Error with one line per variable that is missing or not valid
 */
export function readOptions(): OidcStandInOptions {
  const data = readEnvironment(variables);
  return {
    port: data.OIDC_STANDIN_PORT,
    clientId: data.OIDC_CLIENT_ID,
    clientSecret: data.OIDC_CLIENT_SECRET,
    redirectUri: data.OIDC_STANDIN_REDIRECT_URI,
    people: data.OIDC_STANDIN_PEOPLE ?? DEMO_PEOPLE,
  };
}
