import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";

/** Asks before a page with unsent changes is left, by the browser's buttons or by a link. */
export function useUnsavedGuard(enabled: boolean) {
  const t = useTranslations("ui.form");
  const dirty = useRef(false);
  const [isDirty, setDirty] = useState(false);

  useEffect(() => {
    if (!enabled) return;
    const onUnload = (event: BeforeUnloadEvent) => {
      if (dirty.current) event.preventDefault();
    };
    // In the capture phase: before the shell follows the link.
    const onClick = (event: MouseEvent) => {
      if (!dirty.current || !leavesPage(event)) return;
      if (window.confirm(t("leave"))) dirty.current = false;
      else {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [enabled, t]);

  const controls = useMemo(
    () => ({
      mark: () => {
        dirty.current = true;
        setDirty(true);
      },
      clear: () => {
        dirty.current = false;
        setDirty(false);
      },
    }),
    [],
  );
  return { ...controls, isDirty: enabled && isDirty };
}

function leavesPage(event: MouseEvent): boolean {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === "_blank" || link.download)
    return false;
  const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
  return !opensElsewhere && !staysOnPage(link);
}

function staysOnPage(link: HTMLAnchorElement): boolean {
  const isHere = link.pathname === location.pathname && link.search === location.search;
  return isHere && link.hash !== "";
}
