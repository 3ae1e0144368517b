export { postSync as POST } from "@/server/account-sync-api";
