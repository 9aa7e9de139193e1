// @ts-check
// Up to five candidates side by side: months of technologies, and their careers over one axis.
// Address: /compare?ids=ID,ID&technologies=NAME,NAME; without technologies some are proposed.

import { adopt, define, fill, h } from "../lib/dom.js";
import { duration, month, texts } from "../lib/i18n.js";
import { problem } from "../lib/problem.js";
import { go, lastSearch, lastTechnologies } from "../lib/route.js";
import { MOST_COMPARED, select, selection } from "../lib/selection.js";
import { client } from "../lib/session.js";
import { gradeName } from "../elements/evidence.js";
import { stintName } from "../elements/timeline.js";
import { CompareCandidates, CompareSkills } from "../operations.js";
import search from "../styles/search.css.js";
import person from "../styles/person.css.js";

/** @typedef {Extract<import("../operations.js").CompareCandidatesQuery["nodes"][number], { pseudonym: string }>} Person */
/** @typedef {import("../operations.js").CompareSkillsQuery["skillMatrix"]} Matrix */

const t = texts({
  ja: {
    title: "候補者の比較",
    empty: "比較する候補者が選ばれていません。",
    how: "検索結果か候補者のページで「比較に追加」を選ぶと、{n}人まで並べて見られます。",
    search: "候補者を検索",
    loading: "読み込んでいます…",
    missing: "見つからない候補者が{n}人います。消去されたか、アドレスが誤っています。",
    tooMany: "最初の{n}人だけを表示しています。",
    skills: "技術",
    timelines: "経歴の年表",
    remove: "{name} を比較から外す",
    drop: "{name} の行を外す",
    add: "技術を追加",
    addButton: "追加",
    unknown: "「{name}」という技術は見つかりません。",
    none: "なし",
    best: "最長",
    last: "〜{month}",
    undated: "期間の記載なし",
    stated: "自己申告",
    noSkills: "技術を追加すると、ここに並びます。",
  },
  en: {
    title: "Comparison",
    empty: "Nobody is chosen for the comparison.",
    how: "Choose “Add to comparison” in the results or on a candidate's page; up to {n} people stand side by side.",
    search: "Search for candidates",
    loading: "Loading…",
    missing: "{n} of these candidates are not found: erased, or the address is wrong.",
    tooMany: "Only the first {n} people are shown.",
    skills: "Technologies",
    timelines: "Careers",
    remove: "Take {name} out of the comparison",
    drop: "Take the row {name} out",
    add: "Add a technology",
    addButton: "Add",
    unknown: "There is no technology called “{name}”.",
    none: "none",
    best: "longest",
    last: "to {month}",
    undated: "no months stated",
    stated: "as stated",
    noSkills: "Technologies that you add stand here.",
  },
});

/** Technologies that are proposed. */
const PROPOSED = 8;

/** @param {string | null} list */
function split(list) {
  return [...new Set((list ?? "").split(",").map((part) => part.trim()).filter(Boolean))];
}

/** @param {{ name: string | null, pseudonym: string }} person */
function nameOf({ name, pseudonym }) {
  return name ?? pseudonym;
}

/**
 * Proposes technologies: what was searched for, then what most of the people have, and for longest.
 * @param {Person[]} people
 */
function propose(people) {
  /** @type {Map<string, number>} */
  const scores = new Map();
  for (const { technology, months } of people.flatMap(({ technologies }) => technologies)) {
    scores.set(technology.name, (scores.get(technology.name) ?? 0) + 10_000 + months);
  }
  const own = [...scores].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const asked = lastTechnologies();
  return [...new Set([...asked, ...own])].slice(0, Math.max(PROPOSED, asked.length));
}

class ComparePage extends HTMLElement {
  /** @type {Person[]} */
  #people = [];
  #ids = "";
  #isCut = false;
  #missing = 0;
  /** @type {AbortController | undefined} */
  #loading;
  #notice = h("p", { class: "compare-notice", role: "status" });

  disconnectedCallback() {
    this.#loading?.abort();
  }

  /** @param {URL} url */
  show(url) {
    void this.#show(url);
  }

  /** @param {URL} url */
  async #show(url) {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    const all = split(url.searchParams.get("ids"));
    const ids = all.slice(0, MOST_COMPARED);
    this.#isCut = all.length > ids.length;
    if (ids.length === 0) {
      this.#ids = "";
      const link = h("a", { href: lastSearch() }, t("search"));
      return fill(this, h("h1", null, t("title")), h("div", { class: "card compare-empty" }, h("p", null, t("empty")), h("p", { class: "faint" }, t("how", { n: MOST_COMPARED })), h("p", null, link)));
    }
    try {
      const kept = ids.flatMap((id) => this.#people.find((person) => person.id === id) ?? []);
      if (kept.length === ids.length) {
        this.#people = kept;
        this.#missing = 0;
      } else if (this.#ids !== ids.join()) {
        fill(this, h("h1", null, t("title")), h("p", { class: "faint", role: "status" }, t("loading")));
        const { nodes } = await client.request(CompareCandidates, { ids }, { signal });
        this.#people = nodes.filter((node) => node !== null && "pseudonym" in node).map((node) => /** @type {Person} */ (node));
        this.#missing = ids.length - this.#people.length;
        this.#ids = ids.join();
      }
      // Who opens a comparison that was sent goes on with it: adds people, and comes back.
      if (selection().length === 0) for (const { id } of this.#people) select(id, true);
      if (!url.searchParams.has("technologies")) {
        // What is proposed stands in the address: a colleague who gets it sees the same.
        return this.#go(propose(this.#people), this.#people.map(({ id }) => id));
      }
      const technologies = split(url.searchParams.get("technologies"));
      const of = this.#people.map(({ id }) => id);
      const matrix = of.length > 0 && technologies.length > 0 ? (await client.request(CompareSkills, { ids: of, technologies }, { signal })).skillMatrix : null;
      this.#draw(technologies, matrix);
    } catch (error) {
      if (signal.aborted) return;
      this.#ids = "";
      fill(this, h("h1", null, t("title")), problem(error, { again: () => this.show(url) }));
    }
  }

  /**
   * @param {string[]} technologies
   * @param {string[]} ids
   */
  #go(technologies, ids) {
    // Names and ids are written as they are read: commas need no escape in a query.
    go(`/compare?ids=${ids.map(encodeURIComponent).join(",")}&technologies=${technologies.map(encodeURIComponent).join(",")}`, { replace: true });
  }

  /**
   * @param {string[]} technologies
   * @param {Matrix | null} matrix
   */
  #draw(technologies, matrix) {
    const people = this.#people;
    const ids = people.map(({ id }) => id);
    const unknown = matrix?.unknownTechnologies ?? [];
    const known = technologies.filter((name) => !unknown.includes(name));
    if (unknown.length > 0) {
      this.#notice.textContent = unknown.map((name) => t("unknown", { name })).join(" ");
      return this.#go(known, ids);
    }
    const most = Math.max(1, ...(matrix?.rows ?? []).flatMap(({ cells }) => cells.map(({ months }) => months)));
    const own = new Set(people.flatMap((person) => person.technologies.map(({ technology }) => technology.name)));
    const input = h("input", { type: "text", list: "compare-own", id: "compare-add", autocomplete: "off" });
    const hadFocus = this.querySelector("#compare-add") === document.activeElement;
    /** @param {Event} event */
    const add = (event) => {
      event.preventDefault();
      const name = input.value.replaceAll(",", " ").trim();
      this.#notice.textContent = "";
      if (name) this.#go([...new Set([...known, name])], ids);
    };
    fill(
      this,
      h("h1", null, t("title")),
      this.#missing > 0 && h("p", { class: "problem" }, t("missing", { n: this.#missing })),
      this.#isCut && h("p", { class: "faint" }, t("tooMany", { n: MOST_COMPARED })),
      h(
        "section",
        { class: "card compare-skills" },
        h(
          "div",
          { class: "compare-scroll", tabindex: "0", role: "region", "aria-label": t("skills") },
          h(
            "table",
            { class: "compare", style: { "--people": people.length } },
            h("thead", null, h("tr", null, h("th", { scope: "col" }, t("skills")), people.map((person) => this.#column(person, known)))),
            h("tbody", null, (matrix?.columns ?? []).map((column, index) => this.#row(column.technology.name, index, /** @type {Matrix} */ (matrix), most, known))),
          ),
          known.length === 0 && h("p", { class: "faint" }, t("noSkills")),
        ),
        h(
          "form",
          { class: "compare-form", onsubmit: add },
          h("label", { for: "compare-add" }, t("add")),
          input,
          h("datalist", { id: "compare-own" }, [...own].map((name) => h("option", { value: name }))),
          h("button", { type: "submit" }, t("addButton")),
          this.#notice,
        ),
      ),
      people.length > 0 && h("section", { class: "card person-section" }, h("h2", null, t("timelines")), this.#timelines()),
    );
    if (hadFocus) input.focus();
  }

  /**
   * @param {Person} person
   * @param {string[]} technologies
   */
  #column(person, technologies) {
    const name = nameOf(person);
    const job = person.employments.find(({ period }) => period?.isCurrent);
    /** The link in the head of the page shows the selection too. */
    const remove = () => {
      select(person.id, false);
      this.#go(technologies, this.#people.map(({ id }) => id).filter((id) => id !== person.id));
    };
    return h(
      "th",
      { scope: "col" },
      h("div", { class: "compare-person" }, h("a", { href: `/candidates/${encodeURIComponent(person.id)}` }, name), h("button", { class: "quiet", "aria-label": t("remove", { name }), onclick: remove }, "×")),
      job && h("p", { class: "faint" }, stintName(job)),
    );
  }

  /**
   * @param {string} name
   * @param {number} index of the matrix's column
   * @param {Matrix} matrix
   * @param {number} most
   * @param {string[]} technologies
   */
  #row(name, index, { rows, columns }, most, technologies) {
    const cells = rows.flatMap(({ cells }) => cells[index] ?? []);
    const longest = Math.max(...cells.map(({ months }) => months));
    const isTold = longest > 0 && cells.some(({ months }) => months < longest);
    const asked = columns[index]?.asked;
    return h(
      "tr",
      null,
      h(
        "th",
        { scope: "row" },
        h("div", { class: "compare-person" }, name, h("button", { class: "quiet", "aria-label": t("drop", { name }), onclick: () => this.#go(technologies.filter((other) => other !== asked), this.#people.map(({ id }) => id)) }, "×")),
      ),
      cells.map(({ months, lastUsed, grade, experience }) => {
        if (!grade) return h("td", { class: "compare-none" }, h("span", { class: "faint" }, "–", h("span", { class: "hidden-text" }, t("none"))));
        const isBest = isTold && months === longest;
        return h(
          "td",
          { class: isBest ? "best" : null },
          h(
            "div",
            { class: "compare-months" },
            months > 0 ? duration(months) : h("span", { class: "faint" }, t("undated")),
            isBest && h("span", { class: "compare-best" }, "★ ", t("best")),
          ),
          months > 0 && h("span", { class: `skill-bar ${experience?.basis.toLowerCase()}`, style: { "--share": months / most } }),
          h("p", { class: "faint" }, h("span", { class: `ev-grade ${grade.toLowerCase()}` }, gradeName(grade)), " ", experience?.basis === "STATED" ? t("stated") : lastUsed && t("last", { month: month(lastUsed) })),
        );
      }),
    );
  }

  #timelines() {
    const years = this.#people.flatMap(({ employments, projects, technologies }) => [
      ...[...employments, ...projects].flatMap(({ period }) => [period?.from, period?.to]),
      technologies[0]?.asOf,
    ]);
    const known = years.filter((year) => year != null).map((year) => Number(year.slice(0, 4)));
    return this.#people.map((person) => {
      const timeline = /** @type {import("../elements/timeline.js").CareerTimeline} */ (document.createElement("career-timeline"));
      timeline.toggleAttribute("compact", true);
      timeline.career = person;
      timeline.asOf = person.technologies[0]?.asOf ?? null;
      if (known.length > 0) timeline.range = { from: Math.min(...known), to: Math.max(...known) };
      return h("div", { class: "compare-career" }, h("h3", null, nameOf(person)), timeline);
    });
  }
}

adopt(search, person);
define("compare-page", ComparePage);
