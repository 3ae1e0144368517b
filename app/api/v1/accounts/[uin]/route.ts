export { getAccount as GET, putAccountCall as PUT } from "@/server/account-api";
