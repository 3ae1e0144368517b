/**
 * Applies the reader's choice of light or dark, which is kept in their browser only. It stands in
 * the document's head and runs before the first paint; the content security policy allows it by its
 * hash, so it must reach the page exactly as it is here. Storage may be closed to us: then the
 * system's choice stands.
 */
export const THEME_SCRIPT = `(()=>{const root=document.documentElement;root.classList.add("js");try{const theme=localStorage.getItem("theme");if(theme==="light"||theme==="dark")root.dataset.theme=theme}catch{}})()`;

/** Built of `manners/`: what every page does in the browser, whether React runs on it or not. */
export const MANNERS = "/manners.js";
