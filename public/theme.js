// Runs before the first paint: the reader's choice of light or dark, kept in this browser only.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be closed to us; then the system's choice stands.
  }
})();
