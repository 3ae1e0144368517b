export { getOpenApi as GET } from "@/server/openapi";
