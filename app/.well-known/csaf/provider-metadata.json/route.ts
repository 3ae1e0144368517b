import { providerMetadata } from "@/server/advisories";
import { answer } from "@/server/route";

/** Where scanners find the advisories. */
export const GET = (): Promise<Response> => answer(providerMetadata);
