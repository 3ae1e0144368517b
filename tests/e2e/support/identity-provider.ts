import path from "node:path";

import { freePort } from "@/scripts/launch/free-port";
import { NEXT } from "@/scripts/launch/build";
import { NO_STATE } from "@/scripts/launch/launcher-state";
import { webAnswers } from "@/scripts/launch/portal";
import { watchPrograms } from "@/scripts/launch/programs";
import type { OidcPerson } from "@/stand-ins/oidc/options";
import { startOidcStandIn } from "@/stand-ins/oidc/start";

export const PROVIDER = "Northwind ID";
const CLIENT = { clientId: "gaozhi", clientSecret: "a s:ecret&more" };

const verified = (sub: string, name: string, email: string) => ({
  ...{ sub, name, email, email_verified: true },
});
const mira = (fault: NonNullable<OidcPerson["fault"]>) => ({
  ...verified(`mira-${fault}`, `Mira ${fault}`, "mira.holt@northwind.example"),
  fault,
});

/** An approver, by how and when the provider says that she proved herself. */
const shen = (sub: string, proof: Pick<OidcPerson, "amr" | "acr" | "authAge">) => ({
  ...verified(sub, `沈安澜 ${sub}`, "shen.anlan@yunqiao.example"),
  ...proof,
});
export const PROOFS = {
  strong: shen("shen-mfa", { amr: ["pwd", "mfa"] }),
  single: shen("shen-pwd", { amr: ["pwd"], acr: "gold" }),
  silent: shen("shen-silent", {}),
  old: shen("shen-old", { amr: ["mfa"], authAge: 3_600 }),
  timeless: shen("shen-timeless", { amr: ["mfa"], authAge: null }),
};

type Name = "lin" | "mira" | "xu" | "jonas" | "nobody" | "unsure" | "silent";

/** Who the provider knows: people of the story, and some whom the portal has to refuse. */
export const IDENTITIES: Record<Name, OidcPerson & { email: string }> = {
  lin: { ...verified("lin", "林知远", "Lin.Zhiyuan@Qinghe.example"), emailIn: "userinfo" },
  mira: verified("mira", "Mira Holt", "MIRA.HOLT@northwind.example"),
  xu: verified("xu", "许明衡", "xu.mingheng@yunqiao.example"),
  jonas: verified("jonas", "Jonas Vale", "jonas.vale@northwind.example"),
  nobody: verified("nobody", "Nobody", "nobody@elsewhere.example"),
  unsure: { ...verified("unsure", "Unsure", "song.yike@qinghe.example"), email_verified: false },
  silent: { sub: "silent", name: "Silent", email: "song.yike@qinghe.example" },
};
export const FAULTY = (["signature", "nonce", "audience", "issuer", "expired"] as const).map(mira);

export type PortalWithProvider = Awaited<ReturnType<typeof startPortalWithProvider>>;

/**
 * Two more web processes on the stack's database, each with a provider: one for a browser on this
 * machine, and one in production at an address that only its provider and its cookies know.
 */
export async function startPortalWithProvider() {
  const people = [...Object.values(IDENTITIES), ...FAULTY, ...Object.values(PROOFS)];
  const programs = watchPrograms(NO_STATE, path.join(process.env.DATA_DIR ?? "", "logs"));
  const [port, securePort] = [await freePort(), await freePort()];
  const here = { address: `http://localhost:${port}`, origin: `http://localhost:${port}` };
  const secure = { address: `http://127.0.0.1:${securePort}`, origin: "https://notices.example" };
  const registered = ({ origin }: { origin: string }) => `${origin}/api/auth/callback/oidc`;
  const web = async (at: number, changes: Record<string, string | undefined>) => {
    await programs.start({
      name: `web-oidc-${at}`,
      command: [NEXT, "start", "-H", "127.0.0.1", "-p", String(at)],
      environment: {
        ...{ PORT: String(at), NEXTAUTH_URL: changes.APP_ORIGIN, OIDC_NAME: PROVIDER },
        ...{ OIDC_CLIENT_ID: CLIENT.clientId, OIDC_CLIENT_SECRET: CLIENT.clientSecret },
        ...changes,
      },
    });
    await webAnswers(at, programs.lost);
  };
  let provider = await startOidcStandIn({ ...CLIENT, people, redirectUri: registered(here) });
  const another = await startOidcStandIn({ ...CLIENT, people, redirectUri: registered(secure) });
  await Promise.all([
    web(port, { APP_ORIGIN: here.origin, OIDC_ISSUER: `${provider.url}/` }),
    web(securePort, {
      ...{ APP_ORIGIN: secure.origin, OIDC_ISSUER: another.url },
      ...{ GAOZHI_MODE: "production", STAFF_FACTOR: "provider" },
      ...{ MAILBOX_URL: undefined, ENDPOINT_HOSTS: undefined },
    }),
  ]);
  return {
    origin: here.origin,
    issuer: provider.url,
    here,
    secure,
    /** Plays a step while the provider is down. */
    async withoutProvider(play: () => Promise<void>) {
      await provider.close();
      await play();
      const back = { port: provider.port, redirectUri: registered(here) };
      provider = await startOidcStandIn({ ...CLIENT, people, ...back });
    },
    async stop() {
      await programs.stop();
      await Promise.all([provider.close(), another.close()]);
    },
  };
}
