import { stampPeers } from "@/lib/peer-address";

/** Runs once when a server process starts. */
export function register(): void {
  stampPeers();
}
