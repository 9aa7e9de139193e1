// @ts-check
// <career-timeline>: jobs and projects as bars over years.
//
// Properties, to be set before it is connected:
//   career   what the fragment `Career` (operations/Career.graphql) brings of a candidate
//   matched  ids of the stints that meet what was asked: a Set, none by default
//   window   the months that were asked for, `{ from, to }` as YearMonth with null for an open end, or null
//   asOf     the month that open periods end in (YearMonth); without it, the last month that is known
//   range    `{ from, to }`, the years of the axis, to put several people under one; else those of the career
//   link     (stint) => address: makes each bar a link, or null
// Attribute `compact`: jobs in lanes with their projects as thin bars beneath, without links, for a card of
// a list. Without it each project has a row of its own beneath its job.
// Event `stint-selected` (detail: the stint) when a bar that is a link is clicked; cancel it to stay.
//
// What a colour tells, a shape tells too: what matches is striped and has a dot, the asked months are hatched
// between two lines, an end that is open fades, and one that is known to the year only is dashed.

import { define, emit, fill, h } from "../lib/dom.js";
import { duration, span, texts } from "../lib/i18n.js";

/** @typedef {import("../operations.js").CareerFragment} Career */
/** @typedef {Career["employments"][number] | Career["projects"][number]} Stint */
/** @typedef {{ from: string | null, to: string | null }} Window */

/**
 * A stint on the axis: months from year 0, the end not included.
 * @typedef {{ stint: Stint, isJob: boolean, start: number, end: number }} Bar
 */

const TEXTS = {
  ja: {
    caption: "経歴",
    period: "期間",
    employer: "勤務先",
    work: "内容",
    match: "条件",
    matches: "一致",
    undated: "時期の記載なし",
    unnamed: "（名称なし）",
    year: "年単位の記載",
    window: "指定した期間",
    none: "経歴の記載がありません。",
  },
  en: {
    caption: "Career",
    period: "Period",
    employer: "Employer",
    work: "Work",
    match: "Asked for",
    matches: "match",
    undated: "Without a date",
    unnamed: "(unnamed)",
    year: "known to the year",
    window: "asked months",
    none: "No career is stated.",
  },
};

/** Room for a year's label, in pixels. */
const YEAR_WIDTH = 44;

/** Room for a name beside its bar, in pixels, below which it stands on its other side. */
const LEAST_NAME = 90;

/**
 * The number of a month; a year alone is its first month.
 * @param {string} yearMonth
 */
function ordinal(yearMonth) {
  const [year = 0, month = 1] = yearMonth.split("-").map(Number);
  return year * 12 + month - 1;
}

/**
 * The first month after one; after a year, the next one's first.
 * @param {string} yearMonth
 */
function after(yearMonth) {
  return ordinal(yearMonth) + (yearMonth.includes("-") ? 1 : 12);
}

/**
 * A stint's name: a project's title, a job's employer.
 * @param {Stint} stint
 * @param {Element} [at]
 */
export function stintName(stint, at) {
  const isProject = "periodInherited" in stint;
  return (isProject ? stint.title : (stint.employer?.name ?? stint.title)) ?? texts(TEXTS, at)("unnamed");
}

/**
 * Puts bars that overlap into lanes of their own, in as few as it takes.
 * @param {Bar[]} bars
 * @returns {Bar[][]}
 */
function lanes(bars) {
  /** @type {Bar[][]} */
  const found = [];
  for (const bar of [...bars].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const free = found.find((lane) => (lane.at(-1)?.end ?? 0) <= bar.start);
    if (free) free.push(bar);
    else found.push([bar]);
  }
  return found;
}

/**
 * The years that bars lie in, and where on the axis a month is, in percent of its length.
 * @typedef {{ first: number, last: number, place: (at: number) => number }} Axis
 */

/**
 * @param {Bar[]} bars
 * @param {{ from: number, to: number } | null} range the years that are asked for
 * @returns {Axis}
 */
function axisOf(bars, range) {
  const from = range ? range.from * 12 : Math.min(...bars.map(({ start }) => start));
  const to = range ? range.to * 12 + 12 : Math.max(...bars.map(({ end }) => end));
  const first = Math.floor(from / 12);
  const last = Math.max(Math.ceil(to / 12), first + 1);
  const place = (/** @type {number} */ at) => Math.min(100, Math.max(0, ((at - first * 12) / ((last - first) * 12)) * 100));
  return { first, last, place };
}

/** How wide the last timeline of a card was, in pixels. */
let usual = 0;

/** @type {CanvasRenderingContext2D | null} */
let pen = null;

/**
 * How wide a text is, in pixels.
 * @param {string} text
 * @param {string} font
 */
function widthOf(text, font) {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * 12;
  pen.font = font;
  return pen.measureText(text).width;
}

export class CareerTimeline extends HTMLElement {
  #t = texts(TEXTS, this);
  /** @type {Career | null} */
  career = null;
  /** @type {ReadonlySet<string>} */
  matched = new Set();
  /** @type {Window | null} */
  window = null;
  /** @type {string | null} */
  asOf = null;
  /** @type {{ from: number, to: number } | null} */
  range = null;
  /** @type {((stint: Stint) => string | null) | null} */
  link = null;
  #width = 0;
  #resize = new ResizeObserver(([entry]) => {
    const width = Math.round(entry?.contentRect.width ?? 0);
    if (width === this.#width) return;
    this.#width = width;
    if (this.hasAttribute("compact")) usual = width;
    this.#draw();
  });

  connectedCallback() {
    // To measure each card of a list is to lay out the whole list for each. They are as wide as the one before
    // them; where one is not, the observer says so before it is seen.
    const isCompact = this.hasAttribute("compact");
    this.#width = isCompact && usual > 0 ? usual : Math.round(this.getBoundingClientRect().width);
    if (isCompact) usual = this.#width;
    this.#draw();
    this.#resize.observe(this);
  }

  disconnectedCallback() {
    this.#resize.disconnect();
  }

  #draw() {
    if (!this.career) return this.replaceChildren();
    const { employments, projects } = this.career;
    const bars = this.#bars();
    const undated = [...employments, ...projects].filter((stint) => !bars.some((bar) => bar.stint === stint));
    if (bars.length + undated.length === 0) return fill(this, h("p", { class: "faint" }, this.#t("none")));
    const isCompact = this.hasAttribute("compact");
    if (bars.length === 0) return fill(this, this.#undated(undated));
    const axis = axisOf(bars, this.range);
    const field = h(
      "div",
      { class: "tl-field", "aria-hidden": isCompact || !this.link ? "true" : null },
      this.#years(axis),
      this.#asked(axis),
      isCompact ? this.#compact(bars, axis) : this.#tall(bars, axis),
    );
    fill(this, field, !isCompact && undated.length > 0 && this.#undated(undated), (isCompact || !this.link) && this.#table());
  }

  /** @returns {Bar[]} */
  #bars() {
    if (!this.career) return [];
    const { employments, projects } = this.career;
    const stints = [...employments, ...projects];
    /** @param {Stint} stint */
    const known = ({ period }) => {
      if (!period) return 0;
      if (period.to) return after(period.to);
      return period.from?.includes("-") ? ordinal(period.from) + period.months : period.from ? after(period.from) : 0;
    };
    const last = this.asOf ? after(this.asOf) : Math.max(0, ...stints.map(known));
    /** @type {Bar[]} */
    const bars = [];
    for (const stint of stints) {
      const { period } = stint;
      if (!period || (!period.from && !period.to)) continue;
      const open = period.isCurrent ? Math.max(known(stint), last) : known(stint);
      const end = period.to ? after(period.to) : open;
      const start = period.from ? ordinal(period.from) : end - Math.max(period.months, 6);
      bars.push({ stint, isJob: !("periodInherited" in stint), start, end: Math.max(end, start + 1) });
    }
    return bars;
  }

  /** @param {Axis} axis */
  #years({ first, last, place }) {
    const room = Math.max(1, this.#width / (last - first));
    const step = [1, 2, 5, 10, 20].find((years) => years * room >= YEAR_WIDTH) ?? 50;
    const marks = [];
    for (let year = first; year < last; year++) {
      const isNamed = year % step === 0 && (last - year) * room >= YEAR_WIDTH;
      const style = { "inset-inline-start": `${place(year * 12)}%` };
      marks.push(h("span", { class: isNamed ? "tl-year named" : "tl-year", style }, isNamed ? year : null));
    }
    return h("div", { class: "tl-years", "aria-hidden": "true" }, marks);
  }

  /** @param {Axis} axis */
  #asked({ place }) {
    if (!this.window) return null;
    const { from, to } = this.window;
    const start = from ? place(ordinal(from)) : 0;
    const end = to ? place(after(to)) : 100;
    if (end <= start) return null;
    const ends = `${from ? " from" : ""}${to ? " to" : ""}`;
    const style = { "inset-inline-start": `${start}%`, width: `${end - start}%` };
    return [
      h("div", { class: "tl-window", style, title: this.#t("window") }),
      h("div", { class: `tl-bounds${ends}`, style }),
    ];
  }

  /**
   * @param {Bar[]} bars
   * @param {Axis} axis
   */
  #compact(bars, axis) {
    const jobs = lanes(bars.filter(({ isJob }) => isJob));
    // A project without months of its own would only repeat its job's bar, unless it is what was asked for.
    const projects = lanes(
      bars.filter(({ stint, isJob }) => !isJob && !("periodInherited" in stint && stint.periodInherited && !this.matched.has(stint.id))),
    );
    return [
      jobs.map((lane) => h("div", { class: "tl-lane" }, lane.map((bar) => this.#bar(bar, axis)))),
      projects.map((lane) => h("div", { class: "tl-lane thin" }, lane.map((bar) => this.#bar(bar, axis, { isNamed: false })))),
    ];
  }

  /**
   * @param {Bar[]} bars
   * @param {Axis} axis
   */
  #tall(bars, axis) {
    /** @param {string | null} job */
    const below = (job) =>
      bars.filter(({ stint, isJob }) => !isJob && ("employment" in stint ? (stint.employment?.id ?? null) : null) === job);
    const jobs = bars.filter(({ isJob }) => isJob).sort((a, b) => b.start - a.start || b.end - a.end);
    const named = new Set(jobs.map(({ stint }) => stint.id));
    const alone = bars.filter(({ stint, isJob }) => !isJob && !named.has(("employment" in stint && stint.employment?.id) || ""));
    /** @param {Bar[]} row */
    const rows = (row) =>
      row.length > 0 &&
      h("ul", { class: "tl-rows" }, [...row].sort((a, b) => b.start - a.start).map((bar) => h("li", { class: "tl-lane" }, this.#bar(bar, axis))));
    return h(
      "ul",
      { class: "tl-jobs" },
      jobs.map((job) => h("li", null, h("div", { class: "tl-lane" }, this.#bar(job, axis)), rows(below(job.stint.id)))),
      alone.length > 0 && h("li", null, rows(alone)),
    );
  }

  /**
   * @param {Bar} bar
   * @param {Axis} axis
   * @param {{ isNamed?: boolean }} [options]
   */
  #bar({ stint, isJob, start, end }, { place }, { isNamed = true } = {}) {
    const { period } = stint;
    const isMatched = this.matched.has(stint.id);
    const kinds = [
      "tl-bar",
      isJob ? "job" : "project",
      isMatched && "matched",
      period?.precision === "YEAR" && "by-year",
      !period?.to && "open-end",
      !period?.from && "open-start",
    ];
    const left = place(start);
    const width = Math.max(place(end) - left, 0.4);
    const name = stintName(stint, this);
    const title = [name, this.#inWords(stint)].join("\n");
    const label = `${isMatched ? "● " : ""}${name}`;
    const address = this.hasAttribute("compact") ? null : (this.link?.(stint) ?? null);
    const shape = h(address ? "a" : "span", {
      class: kinds.filter(Boolean).join(" "),
      style: { "inset-inline-start": `${left}%`, width: `${width}%` },
      title,
      href: address,
      "aria-label": address ? [name, this.#inWords(stint), isMatched && this.#t("matches")].filter(Boolean).join(" ") : null,
      onclick: address && ((/** @type {MouseEvent} */ event) => {
        if (!emit(this, "stint-selected", stint)) event.preventDefault();
      }),
    });
    if (!isNamed) return shape;
    const within = () => {
      shape.append(h("span", { class: "tl-name" }, label));
      return shape;
    };
    if (this.hasAttribute("compact")) return within();
    const font = `${isJob ? 600 : 400} 12px ${getComputedStyle(this).fontFamily}`;
    const inside = (this.#width * width) / 100 - 10;
    const after = (this.#width * (100 - left - width)) / 100 - 6;
    const before = (this.#width * left) / 100 - 6;
    if (widthOf(label, font) <= inside || (after < LEAST_NAME && before < LEAST_NAME)) return within();
    const isAfter = after >= Math.min(widthOf(label, font), before);
    const style = isAfter
      ? { "inset-inline-start": `${left + width}%`, "max-width": `${100 - left - width}%` }
      : { "inset-inline-end": `${100 - left}%`, "max-width": `${left}%` };
    return [shape, h("span", { class: `tl-name beside${isJob ? " job" : ""}`, style, "aria-hidden": "true" }, label)];
  }

  /**
   * When it was, in words.
   * @param {Stint} stint
   */
  #inWords({ period }) {
    if (!period) return this.#t("undated");
    const length = period.months > 0 ? `（${duration(period.months, this)}）` : "";
    return `${span(period, this)}${length}${period.precision === "YEAR" ? ` ${this.#t("year")}` : ""}`;
  }

  /** The same for who does not see it. */
  #table() {
    const { employments, projects } = /** @type {Career} */ (this.career);
    /** @param {Stint} stint */
    const row = (stint) =>
      h(
        "tr",
        null,
        h("td", null, this.#inWords(stint)),
        h("td", null, stint.employer?.name ?? ""),
        h("td", null, stint.title ?? ""),
        h("td", null, this.matched.has(stint.id) ? this.#t("matches") : ""),
      );
    /** @param {"period" | "employer" | "work" | "match"} key */
    const head = (key) => h("th", { scope: "col" }, this.#t(key));
    const table = h(
      "table",
      null,
      h("caption", null, this.#t("caption")),
      h("thead", null, h("tr", null, head("period"), head("employer"), head("work"), head("match"))),
      h("tbody", null, employments.map(row), projects.map(row)),
    );
    // A table is as wide as its words, whatever width it is given.
    return h("div", { class: "hidden-text" }, table);
  }

  /** @param {Stint[]} stints */
  #undated(stints) {
    return h(
      "p",
      { class: "tl-undated" },
      `${this.#t("undated")}: `,
      stints.map((stint, place) => {
        const address = this.link?.(stint);
        const name = `${this.matched.has(stint.id) ? "● " : ""}${stintName(stint, this)}`;
        return [place > 0 && "、", address ? h("a", { href: address, onclick: (/** @type {MouseEvent} */ event) => {
          if (!emit(this, "stint-selected", stint)) event.preventDefault();
        } }, name) : name];
      }),
    );
  }
}

define("career-timeline", CareerTimeline);
