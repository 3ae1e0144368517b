/**
 * The one file that checks a proof, as everybody may take it away (docs/decisions/039): the page
 * /verify runs the very same.
 */
export { check } from "@/public/verify.mjs";
