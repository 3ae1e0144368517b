/**
 * The files that check a proof, a bundle of evidence and two checkpoints, as everybody may take them away
 * (docs/decisions/039): the page /verify runs the very same.
 */
export { check } from "@/public/verify.mjs";
export { checkBundle } from "@/public/verify-bundle.mjs";
export { checkConsistency } from "@/public/verify-checkpoints.mjs";
