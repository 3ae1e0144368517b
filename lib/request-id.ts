import { AsyncLocalStorage } from "node:async_hooks";

/** Kept on the global object because Next bundles this file more than once. */
declare global {
  var gaozhiRequests: AsyncLocalStorage<string> | undefined;
}

const requests = (globalThis.gaozhiRequests ??= new AsyncLocalStorage());

/** The header in which an answer names its request. */
export const REQUEST_ID_HEADER = "X-Request-Id";

/** Runs what a request sets off; everything it logs bears the id, a UUID. */
export const inRequest = <Result>(id: string, run: () => Result): Result => requests.run(id, run);

/** The id of the request that is being answered; undefined outside one. */
export const currentRequestId = (): string | undefined => requests.getStore();
