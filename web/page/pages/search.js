// @ts-check
// The search: what is asked for stands in the address, and everything shown follows from it.

import { adopt, define, fill, h } from "../lib/dom.js";
import { RequestError } from "../lib/graphql.js";
import { locale, number, texts } from "../lib/i18n.js";
import { keyOf, keySwitch } from "../lib/keys.js";
import { problem } from "../lib/problem.js";
import { go, rememberSearch } from "../lib/route.js";
import { client, currentViewer, may } from "../lib/session.js";
import { condition, replaced } from "../lib/query.js";
import { conditions, emptyGroup, filterOf, read, SORTS, write } from "../lib/asked.js";
import { CandidateCard } from "../elements/candidate-card.js";
import { SearchFilters } from "../elements/filters.js";
import { CandidateNews } from "../elements/news.js";
import { SearchBox } from "../elements/search-box.js";
import { QueryUnderstood, topConditions, written } from "../elements/understood.js";
import { WhyNot } from "../elements/why-not.js";
import { Counts, IndexState, Search } from "../operations.js";
import search from "../styles/search.css.js";

/** @typedef {import("../lib/asked.js").Asked} Asked */
/** @typedef {import("../operations.js").SearchQuery["searchCandidates"]} Page */
/** @typedef {import("../operations.js").CountsQuery["searchCandidates"]} Totals */

/**
 * What was shown last, for who comes back to it: whom it was shown to, at which address, and how much of it.
 * @type {{ viewer: unknown, address: string, pages: Page[], totals: Totals | null } | null}
 */
let shown = null;

const t = texts({
  ja: {
    found: "{n}人",
    foundMany: "{n}人が見つかりました",
    searching: "検索しています…",
    sort: "並べ方",
    "": "適合度順",
    months: "経験の長い順",
    "last-used": "最近使った順",
    updated: "更新の新しい順",
    name: "氏名順",
    more: "さらに表示",
    failed: "検索できませんでした",
    nobody: "すべての条件を満たす人はいません。",
    loosen: "条件をひとつ外すと見つかるかもしれません:",
    without: "「{clause}」を外す",
    results: "検索結果",
    filters: "絞り込みと内訳",
    unavailable: "ただいま検索できません。",
    expired: "索引が新しくなったため、はじめから表示しました。",
    welcome: "だれが、何を、どこで、いつしたか",
    indexed: "{n}人の職務経歴書を検索できます。",
    empty: "まだ職務経歴書がありません。",
    import: "職務経歴書を取り込む",
    pending: "{n}件を取り込み中です。",
    all: "全員を見る",
    examples: "例",
    help: "書き方",
    keys: "/ で検索欄、j・k で次・前の人へ移動",
  },
  en: {
    found: "{n} people",
    foundMany: "{n} people found",
    searching: "Searching…",
    sort: "Order",
    "": "Best match",
    months: "Most experience",
    "last-used": "Latest use",
    updated: "Last updated",
    name: "Name",
    more: "Show more",
    failed: "Not searched",
    nobody: "Nobody meets every condition.",
    loosen: "Without one of them somebody may:",
    without: "Without “{clause}”",
    results: "Results",
    filters: "Filters and counts",
    unavailable: "Searches are not answered right now.",
    expired: "The index is new: shown from the beginning.",
    welcome: "Who did what, where, and when",
    indexed: "{n} people can be searched.",
    empty: "There are no résumés yet.",
    import: "Import résumés",
    pending: "{n} changes are being taken in.",
    all: "Show everybody",
    examples: "Examples",
    help: "How to write",
    keys: "/ goes to the search box, j and k to the next and previous person",
  },
});

/** @type {Record<string, string>} */
const ENGLISH = { 技術: "tech", 会社: "employer", 期間: "period", 資格: "cert" };

/**
 * A query with its keys in the language of the page.
 * @param {string} query
 */
function inLanguage(query) {
  return locale() === "ja" ? query : query.replace(/(技術|会社|期間|資格)(?=:)/g, (key) => ENGLISH[key] ?? key);
}

/** Queries that the samples answer. */
const EXAMPLES = ["Erlang", "Go>=3y AWS", "{技術:Erlang 会社:ミナトソフト 期間:2016..2018}", "資格:TOEIC>=800", "決済 -PHP", "ミナト OR カワセミ"];

/** What can be written, with what it means. */
const HELP = [
  ["Erlang AWS", "両方を持つ人", "has both"],
  ["Go>=2y", "Goを2年以上", "two years of Go"],
  ["会社:ドワンゴ", "勤務先", "employer"],
  ["期間:2016-04..2019-01", "その期間の職務", "work in these months"],
  ["{ … }", "すべてを同じ職務で", "all of it in one job"],
  ["\"分散 KVS\"", "語句のまま", "the phrase"],
  ["a OR b、-a", "どちらか、除外", "either, not"],
];

const PAGE_SIZE = 20;

/** Cards that fill a screen: the others are laid out once these are seen. */
const AT_ONCE = 4;

/**
 * What is asked, as the API takes it.
 * @param {Asked} asked
 */
function variables(asked) {
  return { query: asked.query || null, filter: filterOf(asked) };
}

/**
 * @param {Asked} asked
 * @param {string | null} after
 * @param {AbortSignal} signal
 * @returns {Promise<Page>}
 */
async function request(asked, after, signal) {
  const sort = SORTS[/** @type {keyof typeof SORTS} */ (asked.sort)];
  const { searchCandidates } = await client.request(Search, { ...variables(asked), sort, first: PAGE_SIZE, after }, { signal });
  return searchCandidates;
}

/**
 * The answer for the address that the page was opened at.
 * @type {{ address: string, answer: Promise<Page> } | null}
 */
let opening = null;

/**
 * Asks for what an address shows first, while the server still tells who asks.
 * @param {URL} url
 */
export function ahead({ search, searchParams }) {
  const asked = read(searchParams);
  if (asked.query === "" && filterOf(asked) === null) return;
  opening = { address: search, answer: request(asked, null, new AbortController().signal) };
  // Whoever waits for it sees what went wrong; whoever comes later asks again.
  opening.answer.catch(() => (opening = null));
}

class SearchPage extends HTMLElement {
  /** @type {Asked} */
  #asked = read(new URLSearchParams());
  /** @type {Page["interpretation"] | null} */
  #interpretation = null;
  /** Conditions as the page writes them, by how the server names them. @type {Map<string, string>} */
  #names = new Map();
  /** @type {string | null} */
  #next = null;
  #asking = new AbortController();
  #left = new AbortController();
  #box = new SearchBox();
  #understood = new QueryUnderstood();
  #filters = new SearchFilters();
  #whyNot = new WhyNot();
  #news = new CandidateNews();
  #count = h("h1", { class: "sp-count", "aria-live": "polite" });
  #list = h("ol", { class: "sp-list" });
  #foot = h("div", { class: "sp-foot" });
  #sort = h("select", { id: "sp-sort", onchange: () => this.#ask({ ...this.#asked, sort: this.#sort.value }) });
  #results = h("div", { class: "sp-results" });
  #start = h("div", { class: "sp-start" });

  connectedCallback() {
    this.#left = new AbortController();
    const { signal } = this.#left;
    document.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    if (this.firstChild) return;
    const names = /** @type {(keyof typeof SORTS)[]} */ (Object.keys(SORTS));
    fill(this.#sort, names.filter((name) => name !== "name" || may("IDENTITY")).map((name) => h("option", { value: name }, t(name))));
    for (const element of [this.#box, this.#filters, this.#whyNot]) element.client = client;
    this.#filters.isBlind = !may("CONTACT");
    this.#whyNot.byName = !currentViewer()?.isBlind;
    this.#box.addEventListener("search-asked", (event) => this.#ask({ ...this.#asked, query: detail(event).query }));
    this.#understood.addEventListener("query-changed", (event) => this.#ask({ ...this.#asked, query: detail(event).query }));
    this.#filters.addEventListener("asked-changed", (event) => this.#ask({ ...detail(event), query: this.#box.value.trim() }));
    this.#filters.addEventListener("facet-chosen", (event) => this.#choose(detail(event)));
    this.#news.addEventListener("news-asked", () => (this.#results.hidden ? void this.#welcome() : void this.#search()));
    const wide = matchMedia("(min-width: 60rem)");
    const side = h("details", { class: "sp-side", open: wide.matches }, h("summary", null, t("filters")), this.#filters);
    wide.addEventListener("change", () => (side.open = wide.matches), { signal });
    fill(
      this.#results,
      side,
      h("section", { class: "sp-found", "aria-label": t("results") }, h("div", { class: "sp-bar" }, this.#count, h("span", { class: "sp-sort" }, h("label", { for: "sp-sort", class: "faint" }, t("sort")), this.#sort)), this.#list, this.#foot, this.#whyNot),
    );
    fill(this, this.#box, this.#understood, this.#news, this.#results, this.#start);
  }

  disconnectedCallback() {
    this.#left.abort();
    this.#asking.abort();
  }

  /** @param {URL} url */
  show(url) {
    const early = opening?.address === url.search ? opening.answer : null;
    opening = null;
    this.#asked = read(url.searchParams);
    const { query, sort } = this.#asked;
    this.#box.value = query;
    this.#sort.value = sort;
    this.#filters.asked = this.#asked;
    const isEmpty = query === "" && filterOf(this.#asked) === null;
    this.#results.hidden = isEmpty;
    this.#start.hidden = !isEmpty;
    const isBack = this.#list.childElementCount === 0 && shown?.viewer === currentViewer() && shown.address === url.search;
    if (!isEmpty) fill(this.#start);
    if (isEmpty) void this.#welcome();
    else if (isBack && shown) this.#showAgain(shown);
    else void this.#search(early);
  }

  /** @param {NonNullable<typeof shown>} before */
  #showAgain({ address, pages, totals }) {
    const [first] = pages;
    if (!first) return;
    this.#showUnderstood(first.interpretation, address);
    for (const page of pages) this.#append(page);
    if (totals) this.#showTotals(totals);
  }

  /** @param {Totals} totals */
  #showTotals(totals) {
    fill(this.#count, t("foundMany", { n: number(totals.totalCount) }));
    this.#filters.counts = totals;
  }

  /** @param {Asked} asked */
  #ask(asked) {
    go(write(asked));
  }

  /** @param {Promise<Page> | null} [early] the answer, where it was asked for before */
  async #search(early) {
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    // By the time of the answer the address may be another, the page of which is about to be shown.
    const address = location.search;
    this.#results.setAttribute("aria-busy", "true");
    if (this.#list.childElementCount === 0) fill(this.#count, t("searching"));
    try {
      this.#news.seen();
      const page = await (early ?? request(this.#asked, null, signal));
      signal.throwIfAborted();
      shown = { viewer: currentViewer(), address, pages: [page], totals: null };
      this.#showUnderstood(page.interpretation, address);
      fill(this.#count, page.edges.length === 0 ? t("found", { n: 0 }) : page.pageInfo.hasNextPage ? t("searching") : t("foundMany", { n: number(page.edges.length) }));
      fill(this.#list);
      const cards = this.#append(page, AT_ONCE);
      const last = this.#list.lastElementChild;
      await painted();
      signal.throwIfAborted();
      // Who was quick to ask for more has the next page at the end already.
      last?.after(...cards.slice(AT_ONCE).map(item));
      // Who was found is on the screen before it is counted who else was.
      const { searchCandidates: totals } = await client.request(Counts, { ...variables(this.#asked), places: may("CONTACT") }, { signal });
      shown.totals = totals;
      this.#showTotals(totals);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    } finally {
      if (!signal.aborted) this.#results.removeAttribute("aria-busy");
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    const { code, message, position } = error instanceof RequestError ? error : new RequestError(String(error), "INTERNAL");
    if (code === "UNAUTHENTICATED") return void dispatchEvent(new Event("shokureki-signed-out"));
    shown = null;
    fill(this.#list);
    fill(this.#count, t("failed"));
    if (code === "BAD_USER_INPUT") {
      this.#understood.interpretation = null;
      this.#box.problem = { message, position };
      return fill(this.#foot);
    }
    fill(this.#foot, problem(error, { again: () => void this.#search() }));
  }

  /**
   * @param {Page["interpretation"]} interpretation
   * @param {string} address
   */
  #showUnderstood(interpretation, address) {
    this.#interpretation = interpretation;
    rememberSearch({ pathname: "/", search: address }, interpretation.technologies.map(({ name }) => name));
    this.#box.problem = null;
    this.#names = new Map(interpretation.tree.map((node) => [node.text, written(node).replace(/^\{(.*)\}$/, "$1")]));
    Object.assign(this.#whyNot, { asked: variables(this.#asked), parsed: interpretation.parsed, names: this.#names });
    this.#understood.query = this.#asked.query;
    this.#understood.beside = conditions(this.#asked).map(({ group, field }) => ({
      remove: () => this.#ask(this.#without(group, field)),
      show: () => {
        const side = this.querySelector("details");
        if (side) side.open = true;
        this.#filters.reveal(group ?? field ?? 0);
      },
    }));
    this.#understood.interpretation = interpretation;
    this.#filters.active = new Set(topConditions(interpretation.tree).map(({ text }) => text));
  }

  /**
   * What is asked, without one of the conditions beside the query.
   * @param {number | undefined} group
   * @param {"cert" | "location" | undefined} field
   * @returns {Asked}
   */
  #without(group, field) {
    if (field) return { ...this.#asked, [field]: "" };
    const groups = this.#asked.groups.filter((_, place) => place !== group);
    return { ...this.#asked, groups: groups.length > 0 ? groups : [emptyGroup()] };
  }

  /** @param {{ kind: import("../lib/query.js").Kind, value: string, isActive: boolean }} facet */
  #choose({ kind, value, isActive }) {
    const { query } = this.#asked;
    const top = topConditions(this.#interpretation?.tree ?? []);
    if (!isActive) {
      // What follows a choice without brackets would belong to its last part.
      const isChoice = top.some((node) => node.kind === "ANY" && node.start === 0 && node.end === Array.from(query).length);
      const before = isChoice ? `(${query})` : query;
      return this.#ask({ ...this.#asked, query: `${before} ${condition(kind, value)}`.trim() });
    }
    const texts = [condition(kind, value, "en"), value];
    const node = top.find(({ text, start }) => start !== null && texts.includes(text));
    if (node?.start != null && node.end !== null) this.#ask({ ...this.#asked, query: replaced(query, node.start, node.end, "") });
  }

  /**
   * @param {Page} page
   * @param {number} [count] of cards that are put in now
   */
  #append({ edges, pageInfo, interpretation }, count) {
    const { parsed } = interpretation;
    // As the server writes every period, of the query and of the form.
    const [, from, to] = /\b(?:period|within):(\d{4}(?:-\d\d)?)?\.\.(\d{4}(?:-\d\d)?)?/.exec(parsed) ?? [];
    const window = from || to ? { from: from ?? null, to: to ?? null } : null;
    const cards = edges.map((found) => {
      const card = Object.assign(new CandidateCard(), { client, found, window, asked: variables(this.#asked), parsed, names: this.#names });
      card.setAttribute("selectable", "");
      return card;
    });
    this.#list.append(...cards.slice(0, count).map(item));
    this.#next = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    if (this.#list.childElementCount === 0) fill(this.#foot, this.#nobody(interpretation));
    else fill(this.#foot, this.#next && h("button", { class: "sp-more", onclick: () => void this.#more() }, t("more")));
    return cards;
  }

  async #more() {
    const { signal } = this.#asking;
    fill(this.#foot, h("p", { class: "faint", role: "status" }, t("searching")));
    try {
      const page = await request(this.#asked, this.#next, signal);
      shown?.pages.push(page);
      this.#append(page)[0]?.focus();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RequestError) || error.code !== "CURSOR_EXPIRED") return this.#fail(error);
      await this.#search();
      this.#foot.append(h("p", { role: "status" }, t("expired")));
    }
  }

  /** Nobody is found: which condition to do without. @param {Page["interpretation"]} interpretation */
  #nobody({ tree }) {
    const beside = conditions(this.#asked);
    const options = topConditions(tree).flatMap((node) => {
      if (node.kind === "NOT") return [];
      if (node.start !== null && node.end !== null) return [{ node, asked: { ...this.#asked, query: replaced(this.#asked.query, node.start, node.end, "") } }];
      const of = beside.shift();
      return of ? [{ node, asked: this.#without(of.group, of.field) }] : [];
    });
    return h(
      "div",
      { class: "card" },
      h("p", null, t("nobody")),
      options.length > 1 && [
        h("p", { class: "faint" }, t("loosen")),
        h("ul", { class: "sp-examples" }, options.map(({ node, asked }) => h("li", null, h("a", { href: write(asked) }, t("without", { clause: written(node) }))))),
      ],
    );
  }

  /** Nothing is asked for yet. */
  async #welcome() {
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    this.#understood.interpretation = null;
    this.#box.problem = null;
    fill(this.#list);
    const state = h("p", { "aria-live": "polite" });
    const isJa = locale() === "ja";
    const example = (/** @type {string} */ query) => h("li", null, h("a", { href: write({ ...read(new URLSearchParams()), query }) }, query));
    fill(
      this.#start,
      h("h1", null, t("welcome")),
      state,
      h("section", null, h("h2", null, t("examples")), h("ul", { class: "sp-examples" }, EXAMPLES.map(inLanguage).map(example))),
      h("section", null, h("h2", null, t("help")), h("dl", { class: "sp-help" }, HELP.map(([query, ja, en]) => [h("dt", null, h("code", null, inLanguage(query ?? ""))), h("dd", null, isJa ? ja : en)])), h("label", { class: "sf-check faint" }, keySwitch(), t("keys"))),
    );
    try {
      const { indexStatus: { indexedCandidates: people, pendingChanges, isAvailable } } = await client.request(IndexState, {}, { signal });
      const isNone = people === 0 && pendingChanges === 0;
      fill(
        state,
        isAvailable ? (isNone ? t("empty") : t("indexed", { n: number(people) })) : t("unavailable"),
        pendingChanges > 0 && ` ${t("pending", { n: number(pendingChanges) })}`,
        " ",
        isNone ? may("IMPORT") && h("a", { href: "/import" }, t("import")) : h("a", { href: "/?q=*" }, t("all")),
      );
    } catch (error) {
      if (!signal.aborted) fill(state, t("unavailable"));
    }
    // On a screen for fingers a keyboard would come up and hide all this.
    if (matchMedia("(pointer: fine)").matches && !signal.aborted) this.#box.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const key = keyOf(event);
    const step = { j: 1, k: -1 }[key];
    if (key === "/") {
      event.preventDefault();
      this.#box.focus();
    } else if (step) {
      const cards = [...this.querySelectorAll("candidate-card")];
      const at = cards.findIndex((card) => card.contains(document.activeElement));
      const card = /** @type {HTMLElement | undefined} */ (cards[at === -1 ? 0 : at + step]);
      card?.focus();
      card?.scrollIntoView({ block: "nearest" });
    }
  }
}

/** @param {CandidateCard} card */
function item(card) {
  return h("li", null, card);
}

/** Waits until what was put into the page is seen; no longer than a moment, as nothing is painted in a tab behind another. */
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 200);
  });
}

/**
 * @param {Event} event
 * @returns {any}
 */
function detail(event) {
  return /** @type {CustomEvent} */ (event).detail;
}

adopt(search);
define("search-page", SearchPage);
