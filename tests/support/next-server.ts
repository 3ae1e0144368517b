export * from "next/server.js";

/** A page waits for it so that it is never made ahead; here nobody asks. */
export const connection = () => Promise.resolve();
