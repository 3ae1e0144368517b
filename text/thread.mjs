// What a thread for texts runs first. Plain Node: who starts it may be compiled, this folder is not.
import { register } from "tsx/esm/api";

register();
await import("./thread.ts");
