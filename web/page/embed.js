// @ts-check
// <shokureki-search>: the search inside the pages of another application (docs/embedding.md).
//
// It stands in a shadow root and takes nothing of the page around it: no address, no storage, no styles.

import { EmbedClient, Tokens, tokensFrom } from "./embed/tokens.js";
import { sheets } from "./embed/sheets.js";
import "./elements/evidence.js";
import "./elements/timeline.js";
import { define, emit, fill, h } from "./lib/dom.js";
import { RequestError } from "./lib/graphql.js";
import { duration, number, texts, useLocale } from "./lib/i18n.js";
import { EmbeddedSearch } from "./operations.js";

/** @typedef {import("./operations.js").EmbeddedSearchQuery["searchCandidates"]} Found */
/** @typedef {Found["edges"][number]} Edge */
/** @typedef {import("./lib/i18n.js").Locale} Locale */

/**
 * What is on screen. `error` is what the last request failed with; it stands beside results where there are
 * some.
 * @typedef {object} State
 * @property {string | null} query what was searched for; null before the first search
 * @property {boolean} isLoading
 * @property {Edge[]} edges
 * @property {number} totalCount
 * @property {string | null} after where the next page begins
 * @property {RequestError | null} error
 */

const t = texts({
  ja: {
    search: "検索",
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
    search: "Search",
    label: "Search of careers",
    hint: "Search by technology, employer and period. For example: {example}",
    loading: "Searching…",
    found: "{n} people found",
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
});

const EXAMPLES = { ja: "Erlang 2年以上", en: "tech:Erlang>=2y" };

const DEFAULT_PAGE_SIZE = 10;
const MOST_PER_PAGE = 100;

/** @returns {State} */
const nothing = () => ({ query: null, isLoading: false, edges: [], totalCount: 0, after: null, error: null });

export class ShokurekiSearch extends HTMLElement {
  static observedAttributes = ["endpoint", "token-url", "locale", "label", "placeholder", "query", "page-size"];

  /** @type {State} */
  #state = nothing();
  /** @type {string | null} */
  #selected = null;
  /** @type {EmbedClient | null} */
  #client = null;
  /** @type {import("./embed/tokens.js").TokenProvider | null} */
  #tokenProvider = null;
  /** Ends what was asked for, when something else is, or when the element is taken away. */
  #asking = new AbortController();
  /** @type {Set<string>} */
  #changed = new Set();

  #input = h("input", { type: "search", part: "input", autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "search", maxlength: 1024 });
  #button = h("button", { class: "primary", part: "button" });
  #form = h("form", { class: "em-form", role: "search", part: "form" }, this.#input, this.#button);
  #count = h("span", { role: "status", part: "count" });
  #message = h("div", { part: "message" });
  #results = h("ol", { class: "em-results", part: "results" });
  #foot = h("div", { class: "em-foot" });
  // Both languages of this run from left to right, also in a page that does not.
  #frame = h("div", { class: "frame", part: "frame", dir: "ltr" }, this.#form, h("div", { class: "em-status" }, this.#count), this.#message, this.#results, this.#foot);

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    root.adoptedStyleSheets = sheets;
    root.append(this.#frame);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.search(this.#input.value);
    });
    // To the page around it every event here comes from this element, which it does not take for a field: its
    // shortcuts of one letter would run while somebody types.
    for (const type of /** @type {const} */ (["keydown", "keypress", "keyup"])) {
      this.#frame.addEventListener(type, (event) => {
        const isTyped = event.isComposing || (event.key.length === 1 && !event.ctrlKey && !event.metaKey);
        if (isTyped && event.target instanceof Element && event.target.matches("input, textarea, select")) event.stopPropagation();
      });
    }
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
    this.#input.value ||= this.getAttribute("query") ?? "";
    this.#render();
    // Whoever moves the element in the page takes it away first: then what is on screen stays.
    if (this.#state.query === null) this.#change("query");
    else if (this.#state.isLoading) void this.search(this.#state.query);
  }

  disconnectedCallback() {
    this.#asking.abort();
    queueMicrotask(() => {
      if (!this.isConnected) this.#client = null;
    });
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    this.#change(name);
  }

  /** Puts the cursor into the box. */
  focus(/** @type {FocusOptions | undefined} */ options = undefined) {
    this.#input.focus(options);
  }

  /**
   * Searches, and shows who is found.
   * @param {string} query in the search language
   * @returns {Promise<void>} when there is an answer, or it failed: then `search-failed` told why
   */
  async search(query) {
    this.#input.value = query;
    this.#selected = null;
    this.#state = { ...this.#state, query: query.trim() };
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
    this.#render();
    const isElsewhere = changed.has("endpoint") || changed.has("token-url");
    if (isElsewhere) this.#client = null;
    const asked = this.getAttribute("query");
    if (changed.has("query") && asked?.trim()) void this.search(asked);
    else if (isElsewhere || changed.has("locale")) {
      // Messages and words of the answer are in the language of the request.
      if (this.#state.query !== null) void this.#ask(null);
    }
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

  #connect() {
    if (this.#client) return this.#client;
    const endpoint = this.getAttribute("endpoint");
    const address = this.getAttribute("token-url");
    const provider = this.#tokenProvider ?? (address === null ? null : tokensFrom(address));
    if (endpoint === null || provider === null) throw new RequestError("endpoint or token-url is missing", "NOT_CONFIGURED");
    this.#client = new EmbedClient(endpoint, new Tokens(provider), () => this.#locale);
    return this.#client;
  }

  /**
   * Asks for a page of who is found: the first, or what comes after a cursor.
   * @param {string | null} after
   * @returns {Promise<void>}
   */
  async #ask(after) {
    const { query } = this.#state;
    if (query === null) return;
    this.#asking.abort();
    const asking = (this.#asking = new AbortController());
    this.#state = { ...this.#state, isLoading: true, error: null };
    this.#render();
    try {
      const variables = { query, first: this.#pageSize, after };
      const { searchCandidates: found } = await this.#connect().request(EmbeddedSearch, variables, asking);
      if (asking.signal.aborted) return;
      const { pageInfo, totalCount } = found;
      const before = after === null ? [] : this.#state.edges;
      this.#state = {
        query,
        isLoading: false,
        edges: [...before, ...found.edges],
        totalCount,
        after: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
        error: null,
      };
      this.#render();
      if (after === null) emit(this, "search-performed", { query, totalCount });
      // The button is gone that was pressed: whoever pressed it goes on at the first who came.
      else /** @type {HTMLElement | null | undefined} */ (this.#results.children[before.length]?.querySelector("button"))?.focus();
    } catch (error) {
      if (asking.signal.aborted) return;
      const known = error instanceof RequestError ? error : new RequestError(String(error), "INTERNAL");
      if (known.code === "CURSOR_EXPIRED" && after !== null) return this.#ask(null);
      this.#state = { ...this.#state, isLoading: false, error: known, ...(after === null ? { edges: [], totalCount: 0, after: null } : {}) };
      this.#render();
      emit(this, "search-failed", { code: known.code });
    }
  }

  /** @param {Edge["node"]} node */
  #select(node) {
    const { id, externalId } = node;
    if (!emit(this, "candidate-selected", { id, externalId })) return;
    this.#selected = id;
    for (const card of /** @type {Iterable<HTMLElement>} */ (this.#results.children)) {
      const isSelected = card.dataset.id === id;
      if (isSelected) card.setAttribute("aria-current", "true");
      else card.removeAttribute("aria-current");
      card.part.toggle("selected", isSelected);
    }
  }

  #render() {
    const locale = this.#locale;
    useLocale(locale);
    const { query, isLoading, edges, totalCount, after, error } = this.#state;
    this.#frame.lang = locale;
    this.#button.textContent = t("search");
    this.#input.placeholder = this.getAttribute("placeholder") ?? "";
    this.#form.setAttribute("aria-label", this.getAttribute("label") ?? t("label"));
    this.#input.setAttribute("aria-label", t("label"));
    this.#input.setAttribute("aria-invalid", String(error?.code === "BAD_USER_INPUT"));
    this.#count.textContent = isLoading ? t("loading") : query === null || error ? "" : totalCount === 0 ? t("none") : t("found", { n: number(totalCount) });
    const hint = query === null && !error && h("p", { class: "em-hint" }, t("hint", { example: EXAMPLES[locale] }));
    fill(this.#message, hint, error && this.#problem(error));
    this.#results.setAttribute("aria-label", t("results"));
    this.#results.setAttribute("aria-busy", String(isLoading));
    this.#results.hidden = edges.length === 0;
    fill(this.#results, edges.map((edge) => this.#card(edge)));
    const left = totalCount - edges.length;
    fill(this.#foot, after !== null && left > 0 && h("button", { type: "button", part: "more", disabled: isLoading, onclick: () => void this.#ask(after) }, t("more", { n: number(left) })));
  }

  /** @param {RequestError} error */
  #problem(error) {
    /** @type {Record<string, string>} */
    const known = {
      UNAUTHENTICATED: t("signedOut"),
      FORBIDDEN: t("forbidden"),
      RATE_LIMITED: t("busy", { s: error.retryAfter ?? 10 }),
      NETWORK: t("unreachable"),
      UNAVAILABLE: t("unreachable"),
      NOT_CONFIGURED: t("unset"),
      BAD_USER_INPUT: error.message,
    };
    const isWorthAgain = error.code !== "BAD_USER_INPUT" && error.code !== "NOT_CONFIGURED";
    return h(
      "div",
      { class: "problem", role: "alert", part: "problem" },
      known[error.code] ?? t("failed"),
      isWorthAgain && [" ", h("button", { type: "button", onclick: () => void this.#ask(this.#state.after) }, t("again"))],
    );
  }

  /** @param {Edge} edge */
  #card({ node, matches }) {
    const name = node.name ?? node.pseudonym;
    const isSelected = node.id === this.#selected;
    const job = node.employments.find(({ period }) => period?.isCurrent) ?? null;
    const timeline = /** @type {import("./elements/timeline.js").CareerTimeline} */ (document.createElement("career-timeline"));
    timeline.setAttribute("compact", "");
    timeline.career = node;
    timeline.matched = new Set(matches.flatMap(({ stint }) => (stint ? [stint.id] : [])));
    const lines = /** @type {import("./elements/evidence.js").EvidenceList} */ (document.createElement("evidence-list"));
    lines.evidence = matches.flatMap(({ evidence }) => evidence);
    const months = matches.filter((match) => match.months);
    return h(
      "li",
      { class: "em-card", part: isSelected ? "card selected" : "card", "data-id": node.id, "aria-current": isSelected ? "true" : null },
      h(
        "div",
        { class: "em-head" },
        h("button", { type: "button", class: "em-name", part: "name", onclick: () => this.#select(node) }, name),
        job && h("span", { class: "em-job" }, [job.employer?.name, job.title].filter(Boolean).join(" / ")),
      ),
      months.length > 0 && h("div", { class: "em-months" }, months.map((match) => h("span", { class: "badge" }, `${match.clause} ${duration(match.months ?? 0)}`))),
      timeline,
      lines.evidence.length > 0 && lines,
    );
  }
}

define("shokureki-search", ShokurekiSearch);
