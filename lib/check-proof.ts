/**
 * The files that check a proof, a bundle of evidence, a list and two checkpoints, as everybody may take them away
 * (docs/decisions/039): the page /verify runs the very same.
 */
export { check } from "@/public/verify.mjs";
export { checkBundle } from "@/public/verify-bundle.mjs";
export { checkList } from "@/public/verify-list.mjs";
export { checkConsistency } from "@/public/verify-checkpoints.mjs";
