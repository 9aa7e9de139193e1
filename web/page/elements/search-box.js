// @ts-check
// <search-box>: one line that understands the search language, with suggestions for the word at the caret.
//
// Properties: `client` (lib/graphql.js), `value`, `problem` ({ message, position } of what the server could
// not read, or null). Attributes `placeholder` and `label` (what the search is called). Event `search-asked` (detail: { query }). A combobox with a
// listbox as the ARIA Authoring Practices have it: the focus stays in the field.
//
// While an input method composes, keys are its own: Enter takes a conversion and asks for nothing.

import { define, emit, fill, h } from "../lib/dom.js";
import { locale, number, texts } from "../lib/i18n.js";
import { condition, kindOf, quoted } from "../lib/query.js";
import { Suggest } from "../operations.js";

/** @typedef {import("../operations.js").SuggestQuery["suggest"][number]} Suggestion */

const TEXTS = {
  ja: {
    label: "技術・会社・期間・ことばで探す",
    placeholder: "例: Erlang 会社:ミナトソフト 期間:2016..2019",
    search: "検索",
    clear: "消す",
    TECHNOLOGY: "技術",
    EMPLOYER: "会社",
    ROLE: "役割",
    CERTIFICATION: "資格",
    people: "{n}人",
    meant: "もしかして",
    found: "候補が{n}件あります。上下の矢印で選べます。",
    none: "候補はありません。",
  },
  en: {
    label: "Search by technology, employer, period or words",
    placeholder: "e.g. Erlang employer:ミナトソフト period:2016..2019",
    search: "Search",
    clear: "Clear",
    TECHNOLOGY: "Technology",
    EMPLOYER: "Employer",
    ROLE: "Role",
    CERTIFICATION: "Certificate",
    people: "{n} people",
    meant: "Did you mean",
    found: "{n} suggestions. Choose with the up and down arrows.",
    none: "No suggestions.",
  },
};

/** How long a pause in typing is awaited, in milliseconds. */
const PAUSE = 90;

const BREAKS = /[\s"(){}「」『』（）｛｝,、]/;

let count = 0;

/**
 * Whether a key belongs to an input method. Safari ends the composition before it tells of the key that did
 * it, which then has this code alone.
 * @param {KeyboardEvent} event
 */
export function isComposed(event) {
  return event.isComposing || event.keyCode === 229;
}

export class SearchBox extends HTMLElement {
  #t = texts(TEXTS, this);
  /** @type {import("../lib/graphql.js").Client | null} */
  client = null;
  #id = `search-box-${++count}`;
  /** @type {Suggestion[]} */
  #found = [];
  #active = -1;
  #timer = 0;
  #asking = new AbortController();
  #isComposing = false;
  #input = h("input", { type: "text", role: "combobox", autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "search" });
  #list = h("ul", { role: "listbox", class: "sb-list", id: this.#id, hidden: true });
  #told = h("p", { class: "hidden-text", "aria-live": "polite" });
  #problem = h("div", { id: `${this.#id}-problem` });
  #clear = h("button", { class: "quiet sb-clear", hidden: true }, "×");
  #search = h("button", { type: "submit", class: "primary" });
  #form = h("form", { role: "search", class: "sb-form" }, h("div", { class: "sb-field" }, this.#input, this.#clear, this.#list), this.#search);

  constructor() {
    super();
    const input = this.#input;
    for (const [name, value] of [["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.#id]]) input.setAttribute(name ?? "", value ?? "");
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#pressed(event));
    input.addEventListener("compositionstart", () => (this.#isComposing = true));
    input.addEventListener("compositionend", () => (this.#isComposing = false));
    input.addEventListener("blur", () => this.#close());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.#isComposing) this.#ask();
    });
    this.#clear.addEventListener("click", () => {
      this.value = "";
      input.focus();
    });
    // A press on the list must not take the focus from the field.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  connectedCallback() {
    this.relabel();
    if (!this.firstChild) this.append(this.#form, this.#told, this.#problem);
  }

  /** Says what it says in the language of now. */
  relabel() {
    this.#form.setAttribute("aria-label", this.getAttribute("label") ?? this.#t("label"));
    this.#input.setAttribute("aria-label", this.#t("label"));
    this.#input.placeholder = this.getAttribute("placeholder") ?? this.#t("placeholder");
    this.#clear.setAttribute("aria-label", this.#t("clear"));
    this.#list.setAttribute("aria-label", this.#t("label"));
    fill(this.#search, this.#t("search"));
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#asking.abort();
  }

  get value() {
    return this.#input.value;
  }
  set value(query) {
    // What is being composed must not be touched.
    if (this.#isComposing || this.#input.value === query) return;
    this.#input.value = query;
    this.#clear.hidden = query === "";
    this.#close();
  }

  /** @param {{ message: string, position?: number | undefined } | null} problem */
  set problem(problem) {
    const isOne = problem !== null;
    this.#input.setAttribute("aria-invalid", String(isOne));
    if (isOne) this.#input.setAttribute("aria-describedby", this.#problem.id);
    else this.#input.removeAttribute("aria-describedby");
    fill(this.#problem);
    if (!problem) return;
    const characters = Array.from(this.value);
    const at = problem.position;
    const here = at === undefined ? "" : characters.slice(at).join("").split(/\s/)[0] || "␣";
    fill(
      this.#problem,
      h(
        "div",
        { class: "problem", role: "alert" },
        h("p", null, problem.message),
        at !== undefined && h("code", { class: "sb-place" }, characters.slice(0, at).join(""), h("mark", null, here), characters.slice(at + Array.from(here).length).join("")),
      ),
    );
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    this.#input.focus(options);
    this.#input.select();
  }

  #ask() {
    this.#close();
    emit(this, "search-asked", { query: this.value.trim() });
  }

  #typed() {
    this.#clear.hidden = this.value === "";
    clearTimeout(this.#timer);
    this.#asking.abort();
    if (this.#word().text === "") return this.#close();
    this.#timer = setTimeout(() => void this.#suggest(), PAUSE);
  }

  /** The word at the caret: where it lies, and the key before it where it has one. */
  #word() {
    const { value, selectionStart } = this.#input;
    const caret = selectionStart ?? value.length;
    let start = caret;
    while (start > 0 && !BREAKS.test(value[start - 1] ?? "")) start--;
    let end = caret;
    while (end < value.length && !BREAKS.test(value[end] ?? "")) end++;
    if (/^[-－]/.test(value.slice(start, caret))) start++;
    const [, key = "", text = ""] = /^([^:：]*[:：])?(.*)$/s.exec(value.slice(start, caret)) ?? [];
    return { start, end, text, kind: key ? kindOf(key.slice(0, -1)) : undefined, hasKey: key !== "" };
  }

  async #suggest() {
    const { text, kind, hasKey } = this.#word();
    if (!this.client || text === "" || (hasKey && (!kind || kind === "LOCATION" || kind === "NAME"))) return this.#close();
    this.#asking.abort();
    const asking = (this.#asking = new AbortController());
    try {
      const kinds = kind && kind !== "LOCATION" && kind !== "NAME" ? [kind] : null;
      const { suggest } = await this.client.request(Suggest, { prefix: text.slice(0, 64), kinds }, { signal: asking.signal });
      const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
      if (asking.signal.aborted || root.activeElement !== this.#input) return;
      this.#open(suggest);
    } catch {
      // To suggest is a courtesy: the search itself tells what is wrong.
      if (!asking.signal.aborted) this.#close();
    }
  }

  /** @param {Suggestion[]} found */
  #open(found) {
    this.#found = found;
    this.#active = -1;
    fill(this.#told, found.length > 0 ? this.#t("found", { n: found.length }) : this.#t("none"));
    fill(
      this.#list,
      found.map((suggestion, place) =>
        h(
          "li",
          { role: "option", id: `${this.#id}-${place}`, class: "sb-option", "aria-selected": "false", onclick: () => this.#take(place) },
          h("span", { class: "sb-text" }, suggestion.text),
          h("span", { class: "sb-kind" }, suggestion.isCorrection ? `${this.#t("meant")} · ` : null, this.#t(suggestion.kind)),
          h("span", { class: "sb-count" }, this.#t("people", { n: number(suggestion.candidateCount, this) })),
        ),
      ),
    );
    this.#list.hidden = found.length === 0;
    this.#input.setAttribute("aria-expanded", String(found.length > 0));
    this.#input.removeAttribute("aria-activedescendant");
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#found = [];
    this.#active = -1;
    this.#list.hidden = true;
    fill(this.#told);
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} place */
  #activate(place) {
    this.#active = place;
    [...this.#list.children].forEach((option, of) => option.setAttribute("aria-selected", String(of === place)));
    const option = this.#list.children[place];
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (isComposed(event)) return;
    const last = this.#found.length - 1;
    const isOpen = last >= 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return void this.#suggest();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // Past either end lies the field itself.
      const next = this.#active + step;
      this.#activate(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.#close();
    } else if (event.key === "Home" || event.key === "End") {
      this.#activate(-1);
    } else if ((event.key === "Enter" || event.key === "Tab") && this.#active >= 0) {
      event.preventDefault();
      this.#take(this.#active);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#ask();
    }
  }

  /**
   * Puts a suggestion in the place of the word, with the key that it needs.
   * @param {number} place
   */
  #take(place) {
    const suggestion = this.#found[place];
    if (!suggestion) return;
    const { start, end, hasKey } = this.#word();
    const isWord = !hasKey && suggestion.kind === "TECHNOLOGY" && quoted(suggestion.text) === suggestion.text;
    const text = isWord ? suggestion.text : condition(suggestion.kind, suggestion.text, locale(this));
    const input = this.#input;
    const space = input.value[end] === undefined ? " " : "";
    input.setRangeText(`${text}${space}`, start, end, "end");
    this.#clear.hidden = false;
    this.#close();
    input.focus();
  }
}

define("search-box", SearchBox);
