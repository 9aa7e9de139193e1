// @ts-check
// <shokureki-search>: the search inside the pages of another application (docs/embedding.md).
//
// It stands in a shadow root and takes nothing of the page around it: no address, no storage, no styles. What
// is inside are the elements of our own page.

import { CandidateCard } from "./elements/candidate-card.js";
import { SearchBox } from "./elements/search-box.js";
import { QueryUnderstood, written } from "./elements/understood.js";
import { sheets } from "./embed/sheets.js";
import { EmbedClient, Tokens, tokensFrom } from "./embed/tokens.js";
import { emit, fill, h } from "./lib/dom.js";
import { RequestError } from "./lib/graphql.js";
import { number, texts } from "./lib/i18n.js";
import { EmbeddedSearch } from "./operations.js";

/** @typedef {import("./operations.js").EmbeddedSearchQuery["searchCandidates"]} Page */
/** @typedef {import("./lib/i18n.js").Locale} Locale */

const TEXTS = {
  ja: {
    label: "職務経歴の検索",
    hint: "技術・会社・期間で探せます。例: {example}",
    loading: "検索しています…",
    found: "{n}人が見つかりました",
    none: "条件に合う人は見つかりませんでした。",
    results: "検索結果",
    more: "続きを表示（残り{n}人）",
    again: "もう一度試す",
    signedOut: "検索の利用を確認できませんでした。このページを開き直すか、サインインし直してください。",
    forbidden: "この検索を利用する権限がありません。",
    busy: "検索が混み合っています。{s}秒ほど待ってから、もう一度お試しください。",
    unreachable: "検索サーバーに接続できません。",
    failed: "検索できませんでした。",
    unset: "検索の設定が足りません（endpoint と token-url）。",
  },
  en: {
    label: "Search of careers",
    hint: "Search by technology, employer and period. For example: {example}",
    loading: "Searching…",
    found: "Found: {n}",
    none: "Nobody meets these conditions.",
    results: "Results",
    more: "Show more ({n} left)",
    again: "Try again",
    signedOut: "You could not be recognized. Open this page again, or sign in again.",
    forbidden: "You are not allowed to search here.",
    busy: "There are too many searches now. Try again in {s} seconds.",
    unreachable: "The search cannot be reached.",
    failed: "The search failed.",
    unset: "The search is not set up (endpoint and token-url).",
  },
};

const EXAMPLES = { ja: "Erlang 2年以上", en: "tech:Erlang>=2y" };

const DEFAULT_PAGE_SIZE = 10;
const MOST_PER_PAGE = 100;

/** What a page may style by `::part()`, by what it is in our page. */
const PARTS = {
  ".sb-field > input": "input",
  ".sb-form > button": "button",
  ".sb-list": "suggestions",
  ".sb-option": "suggestion",
  ".chip": "chip",
  ".card": "card",
  ".cc-name": "name",
  ".problem": "problem",
  mark: "mark",
};

/** What the elements tell one another, which is not for the page. */
const OWN_EVENTS = ["search-asked", "query-changed", "stint-selected"];

export class ShokurekiSearch extends HTMLElement {
  static observedAttributes = ["endpoint", "token-url", "locale", "label", "placeholder", "query", "page-size"];

  /** What was searched for; null before the first search. @type {string | null} */
  #query = null;
  /** Where the next page begins. @type {string | null} */
  #after = null;
  #isLoading = false;
  /** @type {EmbedClient | null} */
  #client = null;
  /** @type {import("./embed/tokens.js").TokenProvider | null} */
  #tokenProvider = null;
  /** Ends what was asked for, when something else is, or when the element is taken away. */
  #asking = new AbortController();
  /** @type {Set<string>} */
  #changed = new Set();

  #box = new SearchBox();
  #understood = new QueryUnderstood();
  #count = h("p", { class: "em-count", role: "status", part: "count" });
  #message = h("div", { part: "message" });
  #results = h("ol", { class: "em-results", part: "results", hidden: true });
  #more = h("button", { class: "em-more", part: "more", hidden: true, onclick: () => void this.#ask(this.#after) });
  // Both languages of this run from left to right, also in a page that does not.
  #frame = h("div", { class: "frame", part: "frame", dir: "ltr" }, this.#box, this.#understood, this.#count, this.#message, this.#results, this.#more);

  #t = texts(TEXTS, this.#frame);

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = sheets;
    root.append(this.#frame);
    for (const type of OWN_EVENTS) this.#frame.addEventListener(type, (event) => event.stopPropagation());
    for (const asks of [this.#box, this.#understood]) {
      for (const type of ["search-asked", "query-changed"]) {
        asks.addEventListener(type, (event) => void this.search(/** @type {CustomEvent} */ (event).detail.query));
      }
    }
    // It goes on to the page, which may cancel it until the event is over.
    this.#frame.addEventListener("candidate-selected", (event) => {
      const card = event.target;
      queueMicrotask(() => !event.defaultPrevented && card instanceof CandidateCard && this.#mark(card));
    });
    // To the page around it every event here comes from this element, which it does not take for a field: its
    // shortcuts of one letter would run while somebody types.
    for (const type of /** @type {const} */ (["keydown", "keypress", "keyup"])) {
      this.#frame.addEventListener(type, (event) => {
        const isTyped = event.isComposing || (event.key.length === 1 && !event.ctrlKey && !event.metaKey);
        if (isTyped && event.target instanceof Element && event.target.matches("input, textarea, select")) event.stopPropagation();
      });
    }
    const parts = () => {
      for (const [selector, part] of Object.entries(PARTS)) {
        for (const element of this.#frame.querySelectorAll(selector)) element.part.add(part);
      }
    };
    new MutationObserver(parts).observe(this.#frame, { childList: true, subtree: true });
  }

  /**
   * Where tokens come from, in the place of `token-url`.
   * @returns {import("./embed/tokens.js").TokenProvider | null}
   */
  get tokenProvider() {
    return this.#tokenProvider;
  }
  set tokenProvider(provider) {
    this.#tokenProvider = provider;
    this.#change("token-url");
  }

  connectedCallback() {
    // What the page set before this module was there hides the accessor.
    if (Object.hasOwn(this, "tokenProvider")) {
      const { tokenProvider } = this;
      Reflect.deleteProperty(this, "tokenProvider");
      this.tokenProvider = tokenProvider;
    }
    if (!this.#client) this.#connect();
    this.#label();
    // Whoever moves the element in the page takes it away first: then what is on screen stays.
    if (this.#query === null) this.#change("query");
    else if (this.#isLoading) void this.#ask(null);
  }

  disconnectedCallback() {
    this.#asking.abort();
    queueMicrotask(() => {
      if (!this.isConnected) this.#client = this.#box.client = null;
    });
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    this.#change(name);
  }

  /**
   * Puts the cursor into the box.
   * @param {FocusOptions} [options]
   */
  focus(options) {
    this.#box.focus(options);
  }

  /**
   * Searches, and shows who is found.
   * @param {string} query in the search language
   * @returns {Promise<void>} when there is an answer, or it failed: then `search-failed` told why
   */
  async search(query) {
    this.#box.value = query;
    this.#query = query.trim();
    await this.#ask(null);
  }

  /**
   * Takes changes of attributes together that are made one after the other.
   * @param {string} name
   */
  #change(name) {
    if (this.#changed.size === 0) queueMicrotask(() => this.#apply());
    this.#changed.add(name);
  }

  #apply() {
    const changed = this.#changed;
    this.#changed = new Set();
    if (!this.isConnected) return;
    const isElsewhere = changed.has("endpoint") || changed.has("token-url");
    if (isElsewhere) this.#connect();
    if (["locale", "label", "placeholder"].some((name) => changed.has(name))) this.#label();
    const query = this.getAttribute("query")?.trim();
    if (changed.has("query") && query) void this.search(query);
    // Messages, and the words of what was found, are in the language of the request.
    else if ((isElsewhere || changed.has("locale")) && this.#query !== null) void this.#ask(null);
  }

  /** @returns {Locale} */
  get #locale() {
    const language = this.getAttribute("locale") ?? /** @type {HTMLElement | null} */ (this.closest("[lang]"))?.lang ?? navigator.language;
    return language.startsWith("ja") ? "ja" : "en";
  }

  get #pageSize() {
    const size = Number.parseInt(this.getAttribute("page-size") ?? "", 10);
    return size >= 1 ? Math.min(size, MOST_PER_PAGE) : DEFAULT_PAGE_SIZE;
  }

  /** Says everything that does not come with an answer in the language of now. */
  #label() {
    const locale = this.#locale;
    this.#frame.lang = locale;
    for (const name of ["label", "placeholder"]) {
      const value = this.getAttribute(name);
      if (value === null) this.#box.removeAttribute(name);
      else this.#box.setAttribute(name, value);
    }
    this.#box.relabel();
    this.#results.setAttribute("aria-label", this.#t("results"));
    if (this.#query === null) fill(this.#message, h("p", { class: "faint" }, this.#t("hint", { example: EXAMPLES[locale] })));
  }

  /** Makes ready to ask, where it is known whom and with what. */
  #connect() {
    const endpoint = this.getAttribute("endpoint");
    const address = this.getAttribute("token-url");
    const provider = this.#tokenProvider ?? (address === null ? null : tokensFrom(address));
    this.#client = endpoint === null || provider === null ? null : new EmbedClient(endpoint, new Tokens(provider), () => this.#locale);
    this.#box.client = this.#client;
  }

  /**
   * Asks for a page of who is found: the first, or what comes after a cursor.
   * @param {string | null} after
   * @returns {Promise<void>}
   */
  async #ask(after) {
    const query = this.#query;
    if (query === null) return;
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    this.#busy(true);
    fill(this.#message);
    try {
      if (!this.#client) throw new RequestError("endpoint or token-url is missing", "NOT_CONFIGURED");
      const { searchCandidates: page } = await this.#client.request(EmbeddedSearch, { query, first: this.#pageSize, after }, { signal });
      if (signal.aborted) return;
      this.#busy(false);
      this.#show(page, after === null);
      if (after === null) emit(this, "search-performed", { query, totalCount: page.totalCount });
    } catch (error) {
      if (signal.aborted) return;
      this.#busy(false);
      const known = error instanceof RequestError ? error : new RequestError(String(error), "INTERNAL");
      if (known.code === "CURSOR_EXPIRED" && after !== null) return this.#ask(null);
      this.#fail(known, after);
      emit(this, "search-failed", { code: known.code });
    }
  }

  /** @param {boolean} isLoading */
  #busy(isLoading) {
    this.#isLoading = isLoading;
    this.#results.setAttribute("aria-busy", String(isLoading));
    this.#more.disabled = isLoading;
    this.#count.textContent = isLoading ? this.#t("loading") : "";
  }

  /**
   * @param {Page} page
   * @param {boolean} isFirst
   */
  #show({ edges, interpretation, pageInfo, totalCount }, isFirst) {
    this.#box.problem = null;
    this.#count.textContent = totalCount === 0 ? this.#t("none") : this.#t("found", { n: number(totalCount, this.#frame) });
    if (isFirst) {
      this.#understood.query = this.#box.value;
      this.#understood.interpretation = interpretation;
      fill(this.#results);
    }
    const asked = { query: this.#query, filter: null };
    const names = new Map(interpretation.tree.map((node) => [node.text, written(node, this.#frame)]));
    const cards = edges.map((found) => Object.assign(new CandidateCard(), { client: this.#client, found, asked, names, address: () => null }));
    this.#results.append(...cards.map((card) => h("li", null, card)));
    this.#results.hidden = this.#results.childElementCount === 0;
    this.#after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
    this.#more.hidden = this.#after === null;
    this.#more.textContent = this.#t("more", { n: number(totalCount - this.#results.childElementCount, this.#frame) });
    // Whoever asked for more goes on with the first who came.
    if (!isFirst) cards[0]?.focus();
  }

  /**
   * @param {RequestError} error
   * @param {string | null} after
   */
  #fail(error, after) {
    if (after === null) {
      this.#understood.interpretation = null;
      fill(this.#results);
      this.#results.hidden = this.#more.hidden = true;
    }
    const { code, message, position } = error;
    if (code === "BAD_USER_INPUT") {
      this.#box.problem = { message, position };
      return;
    }
    /** @type {Record<string, string>} */
    const known = {
      UNAUTHENTICATED: this.#t("signedOut"),
      FORBIDDEN: this.#t("forbidden"),
      RATE_LIMITED: this.#t("busy", { s: error.retryAfter ?? 10 }),
      NETWORK: this.#t("unreachable"),
      UNAVAILABLE: this.#t("unreachable"),
      NOT_CONFIGURED: this.#t("unset"),
    };
    const again = code !== "NOT_CONFIGURED" && [" ", h("button", { onclick: () => void this.#ask(after) }, this.#t("again"))];
    fill(this.#message, h("div", { class: "problem", role: "alert" }, known[code] ?? this.#t("failed"), again));
  }

  /** @param {CandidateCard} selected */
  #mark(selected) {
    for (const card of this.#results.querySelectorAll(".card")) {
      const isSelected = selected.contains(card);
      if (isSelected) card.setAttribute("aria-current", "true");
      else card.removeAttribute("aria-current");
      card.part.toggle("selected", isSelected);
    }
  }
}

if (!customElements.get("shokureki-search")) customElements.define("shokureki-search", ShokurekiSearch);
