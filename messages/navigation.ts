import { usePathname as useWholePathname } from "next/navigation";

/** Where the reader is, without the language in front: "/policies". Known in the browser alone. */
export function usePathname(): string {
  return useWholePathname().replace(/^\/[^/]+/, "") || "/";
}
