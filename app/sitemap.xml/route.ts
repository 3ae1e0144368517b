import { sitemap } from "@/server/public-files";
import { answer } from "@/server/route";

export const GET = () => answer(sitemap);
