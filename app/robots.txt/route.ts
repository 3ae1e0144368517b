import { robots } from "@/server/public-files";

/** Made when it is asked for: only then is the portal's address known. */
export const dynamic = "force-dynamic";
export const GET = (): Response => robots();
