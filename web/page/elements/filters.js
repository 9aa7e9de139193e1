// @ts-check
// <search-filters>: conditions by form, beside the query: groups whose parts one stint meets, a range of
// years over a histogram, and counts of what was found, each to add with a click.
//
// Properties: `client`, `asked` (lib/asked.js), `counts` (of the operation `Counts`, or null while they are
// counted), `active` (conditions of the query, in English), `isBlind` (places must not be asked for).
// Events `asked-changed` (detail: Asked), `facet-chosen` (detail: { kind, value, isActive }).

import { define, emit, fill, h } from "../lib/dom.js";
import { duration, number, texts } from "../lib/i18n.js";
import { condition } from "../lib/query.js";
import { emptyGroup, MOST_GROUPS } from "../lib/asked.js";
import { Suggest } from "../operations.js";

/** @typedef {import("../lib/asked.js").Asked} Asked */
/** @typedef {import("../lib/asked.js").Group} Group */
/** @typedef {import("../operations.js").CountsQuery["searchCandidates"]} Counts */
/** @typedef {import("../lib/query.js").Kind} Kind */

const t = texts({
  ja: {
    group: "同じ職務で",
    other: "別の職務で（{n}）",
    hint: "この枠の条件は、ひとつの職務・案件がまとめて満たします。",
    add: "＋ 別の職務の条件を追加",
    drop: "この枠を削除",
    tech: "技術",
    months: "経験",
    any: "指定なし",
    least: "{d}以上",
    work: "実務のみ",
    employer: "会社",
    tenure: "在籍",
    current: "在職中",
    past: "過去",
    role: "役割",
    period: "期間",
    from: "期間の始め（年または年-月）",
    to: "期間の終わり（年または年-月）",
    fromYear: "始めの年",
    toYear: "終わりの年",
    open: "指定なし",
    within: "期間内に収まる職務のみ",
    person: "本人について",
    cert: "資格",
    location: "居住地",
    facets: "結果の内訳",
    TECHNOLOGY: "技術",
    EMPLOYER: "会社",
    ROLE: "役割",
    CERTIFICATION: "資格",
    LOCATION: "居住地",
    counting: "数えています…",
    month: "2016 または 2016-04 の形で入力してください",
    chart: "年ごとの人数",
  },
  en: {
    group: "In one job or project",
    other: "In another one ({n})",
    hint: "One job or project meets all conditions of this frame.",
    add: "+ Conditions on another job",
    drop: "Remove this frame",
    tech: "Technology",
    months: "Experience",
    any: "any",
    least: "{d} or more",
    work: "At work only",
    employer: "Employer",
    tenure: "Tenure",
    current: "current",
    past: "past",
    role: "Role",
    period: "Period",
    from: "From (year or year-month)",
    to: "To (year or year-month)",
    fromYear: "First year",
    toYear: "Last year",
    open: "any",
    within: "Wholly within the period",
    person: "The person",
    cert: "Certificate",
    location: "Lives in",
    facets: "What was found",
    TECHNOLOGY: "Technologies",
    EMPLOYER: "Employers",
    ROLE: "Roles",
    CERTIFICATION: "Certificates",
    LOCATION: "Places",
    counting: "Counting…",
    month: "Write 2016 or 2016-04",
    chart: "People by year",
  },
});

/** How long a slider rests before its place counts, in milliseconds. */
const PAUSE = 350;

const MONTHS = [6, 12, 24, 36, 60, 120];
const MONTH = "(19|20|21)\\d\\d(-(0[1-9]|1[0-2]))?";

/** @param {string} yearMonth */
const yearOf = (yearMonth) => Number(yearMonth.slice(0, 4));

let count = 0;

export class SearchFilters extends HTMLElement {
  /** @type {import("../lib/graphql.js").Client | null} */
  client = null;
  isBlind = false;
  /** @type {ReadonlySet<string>} */
  active = new Set();
  #id = `filters-${++count}`;
  /** @type {Asked | null} */
  #asked = null;
  /** @type {Counts | null} */
  #counts = null;
  #form = h("div", { class: "sf-form" });
  #facets = h("div", { class: "sf-facets" });
  #suggesting = new AbortController();
  #sliding = 0;

  connectedCallback() {
    if (!this.firstChild) this.append(this.#form, this.#facets);
  }

  /** @param {Asked} asked */
  set asked(asked) {
    const before = JSON.stringify(this.#asked);
    this.#asked = asked;
    // Drawn anew only where another is asked: a field that is being filled in stays.
    if (JSON.stringify(asked) !== before) this.#drawForm();
  }

  /** @param {Counts | null} counts */
  set counts(counts) {
    this.#counts = counts;
    this.#drawFacets();
    this.#keepFocus(() => [...this.querySelectorAll(".sf-years")].forEach((chart, place) => chart.replaceWith(this.#years(place))));
  }

  /** Puts the focus on the first field of a group, or on one of the person's. @param {number | "cert" | "location"} of */
  reveal(of) {
    const field = this.querySelector(typeof of === "number" ? `[data-group="${of}"] input` : `input[name="${of}"]`);
    if (field instanceof HTMLElement) field.focus();
  }

  /** @param {(asked: Asked) => void} change */
  #change(change) {
    if (!this.#asked) return;
    const asked = structuredClone(this.#asked);
    change(asked);
    this.#asked = asked;
    emit(this, "asked-changed", asked);
  }

  #drawForm() {
    const asked = this.#asked;
    if (!asked) return;
    this.#keepFocus(() => fill(
      this.#form,
      asked.groups.map((group, place) => this.#group(group, place)),
      asked.groups.length < MOST_GROUPS &&
        h("button", { class: "quiet sf-add", onclick: () => this.#addGroup() }, t("add")),
      h(
        "fieldset",
        { class: "sf-group sf-person" },
        h("legend", null, t("person")),
        this.#text("cert", asked.cert, "CERTIFICATION", (value) => this.#change((next) => (next.cert = value))),
        !this.isBlind && this.#text("location", asked.location, null, (value) => this.#change((next) => (next.location = value))),
      ),
    ));
  }

  /**
   * Draws anew around the field that is being filled in.
   * @param {() => void} draw
   */
  #keepFocus(draw) {
    const { activeElement } = /** @type {Document | ShadowRoot} */ (this.getRootNode());
    const focused = this.contains(activeElement) ? activeElement?.id : null;
    draw();
    if (focused) /** @type {HTMLElement | null} */ (this.querySelector(`#${focused}`))?.focus();
  }

  #addGroup() {
    if (!this.#asked) return;
    this.#asked = { ...this.#asked, groups: [...this.#asked.groups, emptyGroup()] };
    this.#drawForm();
    this.reveal(this.#asked.groups.length - 1);
  }

  /**
   * @param {Group} group
   * @param {number} place
   */
  #group(group, place) {
    /** @param {keyof Group} name */
    const set = (name) => (/** @type {string} */ value) =>
      this.#change(({ groups }) => {
        const to = groups[place];
        if (to) to[name] = value;
      });
    const months = MONTHS.includes(Number(group.months)) || !group.months ? MONTHS : [...MONTHS, Number(group.months)].sort((a, b) => a - b);
    return h(
      "fieldset",
      { class: "sf-group", "data-group": place },
      h("legend", null, place === 0 ? t("group") : t("other", { n: place + 1 })),
      place === 0 && h("p", { class: "faint" }, t("hint")),
      this.#text("tech", group.tech, "TECHNOLOGY", set("tech"), place),
      h(
        "div",
        { class: "sf-pair" },
        this.#select("months", group.months, [["", t("any")], ...months.map((of) => /** @type {[string, string]} */ ([String(of), t("least", { d: duration(of) })]))], set("months"), place),
        this.#check("work", group.work, set("work"), place),
      ),
      this.#text("employer", group.employer, "EMPLOYER", set("employer"), place),
      h(
        "div",
        { class: "sf-pair" },
        this.#select("tenure", group.tenure, [["", t("any")], ["current", t("current")], ["past", t("past")]], set("tenure"), place),
        this.#text("role", group.role, "ROLE", set("role"), place),
      ),
      h(
        "fieldset",
        { class: "sf-period" },
        h("legend", null, t("period")),
        this.#years(place),
        h("div", { class: "sf-pair" }, this.#month("from", group.from, set("from"), place), h("span", { "aria-hidden": "true" }, "〜"), this.#month("to", group.to, set("to"), place)),
        this.#check("within", group.within, set("within"), place),
      ),
      place > 0 && h("button", { class: "quiet", onclick: () => this.#change(({ groups }) => groups.splice(place, 1)) }, t("drop")),
    );
  }

  /**
   * @param {"tech" | "employer" | "role" | "cert" | "location"} name
   * @param {string} value
   * @param {import("../operations.js").SuggestionKind | null} kind
   * @param {(value: string) => void} set
   * @param {number} [place]
   */
  #text(name, value, kind, set, place = 0) {
    const id = `${this.#id}-${name}-${place}`;
    const list = kind && h("datalist", { id: `${id}-list` });
    const input = h("input", {
      type: "text",
      id,
      name,
      value,
      autocomplete: "off",
      list: list && list.id,
      onchange: () => set(input.value.trim()),
      oninput: () => list && kind && void this.#suggest(input.value, kind, list),
    });
    return h("div", { class: "sf-field" }, h("label", { for: id }, t(name)), input, list);
  }

  /**
   * @param {string} prefix
   * @param {import("../operations.js").SuggestionKind} kind
   * @param {HTMLDataListElement} list
   */
  async #suggest(prefix, kind, list) {
    this.#suggesting.abort();
    const { signal } = (this.#suggesting = new AbortController());
    if (!prefix.trim() || !this.client) return;
    try {
      const { suggest } = await this.client.request(Suggest, { prefix: prefix.trim().slice(0, 64), kinds: [kind] }, { signal });
      fill(list, suggest.map(({ text }) => h("option", { value: text })));
    } catch {
      // Without suggestions the field is as good.
    }
  }

  /**
   * @param {"months" | "tenure"} name
   * @param {string} value
   * @param {[string, string][]} options
   * @param {(value: string) => void} set
   * @param {number} place
   */
  #select(name, value, options, set, place) {
    const id = `${this.#id}-${name}-${place}`;
    const select = h("select", { id, name, onchange: () => set(select.value) }, options.map(([of, text]) => h("option", { value: of, selected: of === value }, text)));
    return h("div", { class: "sf-field" }, h("label", { for: id }, t(name)), select);
  }

  /**
   * @param {"work" | "within"} name
   * @param {string} value
   * @param {(value: string) => void} set
   * @param {number} place
   */
  #check(name, value, set, place) {
    const input = h("input", { type: "checkbox", id: `${this.#id}-${name}-${place}`, name, checked: value !== "", onchange: () => set(input.checked ? "1" : "") });
    return h("label", { class: "sf-check" }, input, t(name));
  }

  /**
   * @param {"from" | "to"} name
   * @param {string} value
   * @param {(value: string) => void} set
   * @param {number} place
   */
  #month(name, value, set, place) {
    const input = h("input", {
      type: "text",
      id: `${this.#id}-${name}-${place}`,
      name,
      value,
      "aria-label": t(name),
      inputmode: "numeric",
      pattern: MONTH,
      title: t("month"),
      placeholder: name === "from" ? "2016-04" : "2019",
      autocomplete: "off",
      onchange: () => {
        input.value = input.value.normalize("NFKC").trim().replace(/[/.年]/, "-").replace(/月|-$/, "").replace(/-(\d)$/, "-0$1");
        if (input.reportValidity()) set(input.value);
      },
    });
    return input;
  }

  /** A range of years over how many people worked in each. @param {number} place */
  #years(place) {
    const group = this.#asked?.groups[place];
    const years = [...(this.#counts?.span.years ?? [])].sort((a, b) => a.year - b.year);
    const now = new Date().getFullYear();
    const first = Math.min(years[0]?.year ?? now - 20, ...[group?.from, group?.to].filter(Boolean).map((of) => yearOf(of ?? "")));
    const last = Math.max(years.at(-1)?.year ?? now, ...[group?.from, group?.to].filter(Boolean).map((of) => yearOf(of ?? "")));
    const most = Math.max(1, ...years.map((of) => of.count));
    const from = group?.from ? yearOf(group.from) : first;
    const to = group?.to ? yearOf(group.to) : last;
    const bars = [];
    for (let year = first; year <= last; year++) {
      const people = years.find((of) => of.year === year)?.count ?? 0;
      bars.push(h("span", { class: year >= from && year <= to ? "in" : "out", style: { height: `${(people / most) * 100}%` }, title: `${year}: ${number(people)}` }));
    }
    /**
     * @param {"from" | "to"} end
     * @param {number} value
     */
    const thumb = (end, value) => {
      const input = h("input", {
        type: "range",
        class: `sf-thumb ${end}`,
        id: `${this.#id}-${end}-year-${place}`,
        min: first,
        max: last,
        value,
        "aria-label": t(end === "from" ? "fromYear" : "toYear"),
        "aria-valuetext": group?.[end] || t("open"),
        oninput: () => {
          const [low, high] = [...chart.querySelectorAll("input")].map((of) => Number(of.value));
          // The thumbs do not pass each other.
          if ((low ?? first) > (high ?? last)) input.value = String(end === "from" ? high : low);
          const [start, stop] = [...chart.querySelectorAll("input")].map((of) => Number(of.value));
          [...chart.querySelectorAll("span[title]")].forEach((bar, at) => (bar.className = first + at >= (start ?? first) && first + at <= (stop ?? last) ? "in" : "out"));
          input.setAttribute("aria-valuetext", input.value);
        },
        // Each press of an arrow is a change: what is meant is where they end.
        onchange: () => {
          clearTimeout(this.#sliding);
          this.#sliding = setTimeout(() => {
            const isEnd = Number(input.value) === (end === "from" ? first : last);
            this.#change(({ groups }) => {
              const of = groups[place];
              if (of) of[end] = isEnd ? "" : input.value;
            });
          }, PAUSE);
        },
      });
      return input;
    };
    const chart = h(
      "div",
      { class: "sf-years" },
      h("div", { class: "sf-bars", role: "img", "aria-label": `${t("chart")}: ${first}–${last}` }, bars),
      h("div", { class: "sf-thumbs" }, thumb("from", from), thumb("to", to)),
      h("div", { class: "sf-ends", "aria-hidden": "true" }, h("span", null, first), h("span", null, last)),
    );
    return chart;
  }

  #drawFacets() {
    const counts = this.#counts;
    if (!counts) return fill(this.#facets, h("p", { class: "faint" }, t("counting")));
    const { technologies, employers, roles, certifications, locations } = counts.facets;
    /** @type {[Kind & ("TECHNOLOGY" | "EMPLOYER" | "ROLE" | "CERTIFICATION" | "LOCATION"), { value: string, count: number }[]][]} */
    const lists = [
      ["TECHNOLOGY", technologies.map(({ technology, count }) => ({ value: technology.name, count }))],
      ["EMPLOYER", employers.map(({ employer, count }) => ({ value: employer.name, count }))],
      ["ROLE", roles.map(({ role, count }) => ({ value: role, count }))],
      ["CERTIFICATION", certifications.map(({ certification, count }) => ({ value: certification, count }))],
      ["LOCATION", (locations ?? []).map(({ location, count }) => ({ value: location, count }))],
    ];
    const most = Math.max(1, ...lists.flatMap(([, values]) => values.map((of) => of.count)));
    fill(
      this.#facets,
      h("h2", null, t("facets")),
      lists.map(([kind, values]) => values.length > 0 && h(
        "section",
        { class: "sf-facet" },
        h("h3", null, t(kind)),
        h("ul", null, values.map(({ value, count }) => {
          const isActive = this.active.has(condition(kind, value, "en")) || this.active.has(value);
          return h("li", null, h(
            "button",
            { class: "sf-value", "aria-pressed": String(isActive), onclick: () => emit(this, "facet-chosen", { kind, value, isActive }) },
            h("span", { class: "sf-share", style: { width: `${(count / most) * 100}%` } }),
            h("span", { class: "sf-name" }, value),
            h("span", { class: "sf-count" }, number(count)),
          ));
        })),
      )),
    );
  }
}

define("search-filters", SearchFilters);
