// @ts-check
// <query-understood>: what the server took a query for: a chip for each condition, to edit or take out, and
// what it corrected, offers, left out or gave up.
//
// Properties: `query`, `interpretation` (the fragment `Understood`), `beside` (for each condition that is not
// of the query, in the order of the tree, a function that takes it out and one that shows where it is set).
// Event `query-changed` (detail: { query }).

import { define, emit, fill, h } from "../lib/dom.js";
import { locale, number, texts } from "../lib/i18n.js";
import { inQuotes, replaced } from "../lib/query.js";
import { isComposed } from "./search-box.js";

/** @typedef {import("../operations.js").UnderstoodFragment} Understood */
/** @typedef {Understood["tree"][number]} Condition */
/** @typedef {{ remove: () => void, show: () => void }} Beside */

const TEXTS = {
  ja: {
    label: "検索条件",
    edit: "条件を編集: {text}",
    remove: "条件を外す: {text}",
    stint: "同じ職務で",
    not: "除外",
    corrected: "「{typed}」を「{to}」として検索しました。",
    literally: "「{typed}」のまま検索",
    missing: "「{text}」はどの経歴書にもありません。",
    key: "「{text}」という項目はないため、ことばとして検索しました。",
    meant: "もしかして:",
    GENERIC: "「{text}」は順位だけに使いました。",
    UNSUPPORTED: "「{text}」は条件にできないため、使いませんでした。",
    NO_TERM: "「{text}」には検索できる文字がありません。",
    relaxed: "すべての条件を満たす人はいません。満たす条件の多い人を表示しています。",
    metBy: "{clause}: {n}人が一致",
  },
  en: {
    label: "Conditions",
    edit: "Edit condition: {text}",
    remove: "Remove condition: {text}",
    stint: "in one job",
    not: "not",
    corrected: "Searched for “{to}” instead of “{typed}”.",
    literally: "Search for “{typed}”",
    missing: "No résumé has “{text}”.",
    key: "There is no field “{text}”; it was searched for as a word.",
    meant: "Did you mean:",
    GENERIC: "“{text}” moves the order only.",
    UNSUPPORTED: "“{text}” cannot be a condition: it was left out.",
    NO_TERM: "“{text}” has nothing to search for.",
    relaxed: "Nobody meets every condition. Those who meet most are shown.",
    metBy: "{clause}: met by {n}",
  },
};

/**
 * The conditions that are all met.
 * @param {Understood["tree"]} tree
 */
export function topConditions(tree) {
  const [root] = tree;
  if (!root) return [];
  return root.kind === "ALL" ? tree.filter(({ depth }) => depth === 1) : [root];
}

/**
 * A condition as the language of the page writes it.
 * @param {{ text: string, textJa: string }} condition
 * @param {Element} [at]
 */
export function written({ text, textJa }, at) {
  return locale(at) === "ja" ? textJa : text;
}

export class QueryUnderstood extends HTMLElement {
  #t = texts(TEXTS, this);
  query = "";
  /** @type {Beside[]} */
  beside = [];
  /** @type {Understood | null} */
  #interpretation = null;

  /** @param {Understood | null} interpretation */
  set interpretation(interpretation) {
    this.#interpretation = interpretation;
    this.#draw();
  }

  #draw() {
    const understood = this.#interpretation;
    if (!understood) return this.replaceChildren();
    const conditions = topConditions(understood.tree);
    let beside = 0;
    const chips = conditions.map((condition) => {
      const { start, end } = condition;
      if (start === null || end === null) {
        const of = this.beside[beside++];
        return of && this.#chip(condition, of.show, of.remove, true);
      }
      // A negation begins at what it negates, behind its sign.
      const change = (/** @type {string} */ text) => this.#change(start, end, text, condition.kind === "NOT");
      return this.#chip(condition, (item) => this.#edit(item, written(condition, this), change), () => change(""), false);
    });
    fill(this, chips.length > 0 && h("ul", { class: "chips", "aria-label": this.#t("label") }, chips), this.#remarks(understood));
  }

  /**
   * @param {Condition} condition
   * @param {(item: HTMLElement) => void} open
   * @param {() => void} remove
   * @param {boolean} isBeside
   */
  #chip(condition, open, remove, isBeside) {
    const text = written(condition, this);
    const isBound = text.startsWith("{");
    const isNot = condition.kind === "NOT";
    const shown = isBound ? text.slice(1, -1) : isNot ? text.replace(/^(-|NOT )/, "") : text;
    /** @type {HTMLElement} */
    const item = h(
      "li",
      { class: ["chip", isBound && "bound", isNot && "not", isBeside && "beside"].filter(Boolean).join(" ") },
      h(
        "button",
        { class: "chip-text", "aria-label": this.#t("edit", { text }), onclick: () => open(item) },
        (isBound || isNot) && h("span", { class: "chip-kind" }, this.#t(isBound ? "stint" : "not")),
        shown,
      ),
      h("button", { class: "chip-remove", "aria-label": this.#t("remove", { text }), onclick: remove }, "×"),
    );
    return item;
  }

  /**
   * @param {HTMLElement} item
   * @param {string} text
   * @param {(text: string) => void} change
   */
  #edit(item, text, change) {
    const input = h("input", { type: "text", value: text, "aria-label": this.#t("edit", { text }), size: Math.min(Math.max(text.length + 4, 10), 40) });
    let isOver = false;
    const back = () => {
      if (isOver) return;
      isOver = true;
      this.#draw();
    };
    input.addEventListener("keydown", (event) => {
      if (isComposed(event)) return;
      if (event.key === "Escape") {
        const place = [...(item.parentElement?.children ?? [])].indexOf(item);
        back();
        /** @type {HTMLElement | undefined} */ (this.querySelectorAll(".chip-text")[place])?.focus();
      }
      if (event.key !== "Enter") return;
      event.preventDefault();
      isOver = true;
      change(input.value.trim());
    });
    input.addEventListener("blur", back);
    fill(item, input);
    input.focus();
  }

  /**
   * @param {number} start
   * @param {number} end
   * @param {string} text
   * @param {boolean} [isNegation]
   */
  #change(start, end, text, isNegation = false) {
    let from = start;
    if (isNegation) {
      const sign = /([-－]|NOT\s+)[(（]?$/i.exec(Array.from(this.query).slice(0, start).join(""));
      from -= Array.from(sign?.[0] ?? "").length;
      if (/[(（]$/.test(sign?.[0] ?? "")) end++;
    }
    emit(this, "query-changed", { query: replaced(this.query, from, end, text) });
  }

  /** @param {Understood} understood */
  #remarks({ tree, corrections, offers, ignored, relaxed }) {
    /**
     * @param {string} text
     * @param {() => void} act
     */
    const button = (text, act) => h("button", { class: "quiet", onclick: act }, text);
    const remarks = [
      corrections.map(({ typed, corrected }) => {
        const node = tree.find(({ kind, text, start }) => kind === "WORD" && text === typed && start !== null);
        const literally = () => node?.start != null && node.end != null && this.#change(node.start, node.end, inQuotes(typed));
        return h("li", null, this.#t("corrected", { typed, to: corrected }), " ", node && button(this.#t("literally", { typed }), literally));
      }),
      offers.map(({ text, position, suggestion, reason }) => {
        const end = position + Array.from(text).length;
        // The key is offered with its colon, and typed with one.
        const take = () => this.#change(position, reason === "UNKNOWN_KEY" ? end + 1 : end, suggestion ?? "");
        return h("li", null, this.#t(reason === "UNKNOWN_KEY" ? "key" : "missing", { text }), " ", suggestion && [this.#t("meant"), button(suggestion, take)]);
      }),
      ignored.map(({ text, reason }) => h("li", null, this.#t(reason, { text }))),
      relaxed.length > 0 &&
        h("li", { class: "relaxed" }, this.#t("relaxed"), " ", relaxed.map(({ clause, metBy }) => h("span", { class: "badge" }, this.#t("metBy", { clause, n: number(metBy, this) })))),
    ].flat();
    return remarks.some(Boolean) && h("ul", { class: "remarks" }, remarks);
  }
}

define("query-understood", QueryUnderstood);
