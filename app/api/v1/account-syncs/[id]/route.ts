export { getSync as GET } from "@/server/account-sync-api";
