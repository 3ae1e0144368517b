export { sitemap as default } from "@/server/public-files";
