/**
 * In the page: what a place is called in the navigation, which its heading, its title and every
 * breadcrumb that leads to it must say too.
 */
export const NAMES = String.raw`
window.otherNames = () => {
  const places = new Map([...document.querySelectorAll("#side-navigation a, header nav a")]
    .map((link) => [link.pathname, link.firstChild.textContent.trim()]));
  const here = places.get(location.pathname);
  const heading = document.querySelector("h1")?.textContent.trim();
  const said = [
    ...(here ? [["its heading", here, heading], ["its title", here, document.title.slice(0, here.length)]] : []),
    ...[...document.querySelectorAll("main nav ol a")].map((link) => ["a breadcrumb", places.get(link.pathname), link.textContent.trim()]),
  ];
  return said.filter(([, name, other]) => name && name !== other)
    .map(([where, name, other]) => where + " says " + other + ", the navigation " + name);
};`;
