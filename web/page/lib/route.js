// @ts-check
// The address is the state: what is seen can be sent to a colleague, and back works.

const changes = new EventTarget();

// The browser scrolls back at once, before there is anything to scroll to.
history.scrollRestoration = "manual";

/** Where an address that is gone back to was left, until it is shown. @type {number | null} */
let left = null;

/** What the address is without its place on the page, which the browser scrolls to itself. */
const page = () => location.pathname + location.search;
let current = page();

/**
 * Calls `listener` at each change of the address.
 * @param {() => void} listener
 */
export function onChange(listener) {
  changes.addEventListener("change", listener);
}

/**
 * Goes to an address of the page.
 * @param {string | URL} to
 * @param {{ replace?: boolean }} [options] whether `back` leaves out where one is now
 */
export function go(to, { replace = false } = {}) {
  const url = new URL(to, location.href);
  if (url.href === location.href) replace = true;
  if (!replace) history.replaceState({ scrollY }, "");
  history[replace ? "replaceState" : "pushState"](null, "", url);
  if (!replace) scrollTo(0, 0);
  left = null;
  current = page();
  changes.dispatchEvent(new Event("change"));
}

addEventListener("popstate", ({ state }) => {
  left = state?.scrollY ?? (page() === current ? null : 0);
  current = page();
  changes.dispatchEvent(new Event("change"));
});

/** Scrolls to where an address that was gone back to had been left: to be called once it is shown. */
export function scrollBack() {
  if (left !== null) scrollTo(0, left);
  left = null;
}

// Links within the page do not load it again.
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (!isPage(link.pathname)) return;
  if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
  event.preventDefault();
  go(link.href);
});

/**
 * Returns whether the page shows itself at a path.
 * @param {string} path
 */
export function isPage(path) {
  return /^\/(candidates\/[^/]+|compare|import|sign-in)?$/.test(path);
}

const SEARCHED = "shokureki.search";
const TECHNOLOGIES = "shokureki.technologies";

/**
 * Keeps an address as that of the last search, while the tab is open, with the technologies that the server
 * understood it to ask for, once they are known.
 * @param {{ pathname: string, search: string }} url
 * @param {string[]} [technologies]
 */
export function rememberSearch({ pathname, search }, technologies = []) {
  sessionStorage.setItem(SEARCHED, pathname + search);
  sessionStorage.setItem(TECHNOLOGIES, JSON.stringify(technologies));
}

/** @returns {string[]} the technologies that the last search asked for */
export function lastTechnologies() {
  return JSON.parse(sessionStorage.getItem(TECHNOLOGIES) ?? "[]");
}

/**
 * Returns the address of the last search, to go back to: as it was, or one for `query`.
 * @param {string} [query]
 */
export function lastSearch(query = "") {
  return sessionStorage.getItem(SEARCHED) ?? (query ? `/?${new URLSearchParams({ q: query })}` : "/");
}
