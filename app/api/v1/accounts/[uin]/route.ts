import { getAccount, putAccountCall } from "@/server/account-api";
import { onlyMethods } from "@/server/only-methods";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = onlyMethods({
  GET: getAccount,
  PUT: putAccountCall,
});
