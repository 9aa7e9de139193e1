// @ts-check
// The frame around what is shown at an address: head, navigation, language, who sits here.

import { adopt, fill, h } from "./lib/dom.js";
import { RequestError } from "./lib/graphql.js";
import { locale, texts, useLocale } from "./lib/i18n.js";
import { problem } from "./lib/problem.js";
import { go, onChange, rememberSearch, scrollBack } from "./lib/route.js";
import { MOST_COMPARED, onSelection, selection } from "./lib/selection.js";
import { currentViewer, drop, may, recognize, signOut } from "./lib/session.js";
import base from "./styles/base.css.js";

/**
 * An element that shows what an address asks for. It is kept while the addresses are its own.
 * @typedef {HTMLElement & { show(url: URL): void }} Page
 */

const t = texts({
  ja: {
    title: "職務経歴書検索",
    search: "検索",
    import: "取り込み",
    compare: "比較",
    playground: "API",
    skip: "本文へ",
    language: "English",
    signOut: "サインアウト",
    local: "ローカルモード",
    localHint: "トークンがまだ無いため、この端末からの要求はすべて許可されます",
    blind: "匿名表示",
    blindHint: "氏名・連絡先は表示されません",
  },
  en: {
    title: "Résumé search",
    search: "Search",
    import: "Import",
    compare: "Compare",
    playground: "API",
    skip: "Skip to content",
    language: "日本語",
    signOut: "Sign out",
    local: "Local mode",
    localHint: "There is no token yet: every request from this machine is allowed",
    blind: "Blind view",
    blindHint: "Names and contacts are hidden",
  },
});

/**
 * What a page's module may have beside its element: `ahead` asks for what an address shows.
 * @typedef {{ ahead?: (url: URL) => void }} PageModule
 */

/** @type {{ path: RegExp, tag: string, load: () => Promise<PageModule> }[]} */
const PAGES = [
  { path: /^\/$/, tag: "search-page", load: () => import("./pages/search.js") },
  { path: /^\/candidates\/[^/]+$/, tag: "candidate-page", load: () => import("./pages/candidate.js") },
  { path: /^\/compare$/, tag: "compare-page", load: () => import("./pages/compare.js") },
  { path: /^\/import$/, tag: "import-page", load: () => import("./pages/import.js") },
  { path: /^\/sign-in$/, tag: "sign-in-page", load: () => import("./pages/sign-in.js") },
];

const head = h("header", { class: "head" });
const main = h("main", { id: "main", tabindex: "-1" });

function renderHead() {
  document.documentElement.lang = locale();
  document.title = `${t("title")} – shokureki`;
  const viewer = currentViewer();
  /**
   * @param {string} path
   * @param {string} text
   */
  const link = (path, text) =>
    h("a", { href: path, "aria-current": location.pathname === path.split("?")[0] ? "page" : null }, text);
  const chosen = selection();
  fill(
    head,
    h("a", { class: "skip", href: "#main" }, t("skip")),
    h("a", { class: "brand", href: "/" }, "shokureki ", h("span", { lang: "ja" }, "職歴")),
    h(
      "nav",
      { "aria-label": "shokureki" },
      link("/", t("search")),
      link(`/compare?ids=${chosen.map(encodeURIComponent).join(",")}`, `${t("compare")} ${chosen.length}/${MOST_COMPARED}`),
      may("IMPORT") && link("/import", t("import")),
      h("a", { href: "/graphiql" }, t("playground")),
    ),
    h(
      "div",
      { class: "who" },
      viewer?.isBlind && h("span", { class: "badge blind", title: t("blindHint") }, t("blind")),
      viewer?.isLocal && h("span", { class: "badge", title: t("localHint") }, t("local")),
      viewer && !viewer.isLocal && h("button", { class: "quiet", onclick: signOut }, t("signOut")),
      h("button", { class: "quiet", lang: locale() === "ja" ? "en" : "ja", onclick: switchLanguage }, t("language")),
    ),
  );
}

function switchLanguage() {
  useLocale(locale() === "ja" ? "en" : "ja");
  main.replaceChildren();
  void show();
}

/** Shows what the address asks for. */
async function show() {
  renderHead();
  const url = new URL(location.href);
  const page = PAGES.find(({ path }) => path.test(url.pathname));
  if (!page) return;
  const loading = page.load();
  if (currentViewer() === null && page.tag !== "sign-in-page") {
    try {
      void loading.then(({ ahead }) => ahead?.(url), () => {});
      await recognize();
      renderHead();
    } catch (error) {
      if (error instanceof RequestError && error.code === "UNAUTHENTICATED") {
        go(`/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`, { replace: true });
      } else {
        fill(main, problem(error, { again: () => void show() }));
      }
      return;
    }
  }
  if (page.tag === "search-page") rememberSearch(url);
  await loading;
  if (location.href !== url.href) return;
  let element = /** @type {Page | null} */ (main.firstElementChild);
  if (element?.localName !== page.tag) {
    element = /** @type {Page} */ (document.createElement(page.tag));
    const isFirst = main.childElementCount === 0;
    fill(main, element);
    // Who reads with a screen reader is told that all is new; at first the page chooses.
    if (!isFirst) main.focus({ preventScroll: true });
  }
  element.show(url);
  scrollBack();
}

// What a token may see can end at any time.
addEventListener("shokureki-signed-out", () => {
  drop();
  void show();
});

// A browser that keeps pages as they were may bring back the one that was emptied at the sign-out.
addEventListener("pageshow", () => main.isConnected || location.reload());

adopt(base);
document.body.append(head, main);
onChange(() => void show());
onSelection(renderHead);
void show();
