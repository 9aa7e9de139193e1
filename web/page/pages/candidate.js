// @ts-check
// A candidate: what the résumé tells, beside the résumé itself with the lines that prove it.
// Address: /candidates/ID?q=QUERY&line=LINE&resume=ID, all but the id optional.

import { adopt, append, define, fill, h } from "../lib/dom.js";
import { duration, locale, month, span, texts } from "../lib/i18n.js";
import { problem } from "../lib/problem.js";
import { go, lastSearch } from "../lib/route.js";
import { MOST_COMPARED, onSelection, select, selection } from "../lib/selection.js";
import { client, currentViewer, may } from "../lib/session.js";
import { lineAddress } from "../elements/evidence.js";
import { stintName } from "../elements/timeline.js";
import { CandidatePage as Page, CandidateWhy, ResumeText, TechnologyEvidence } from "../operations.js";
import "../elements/document.js";
import "../elements/privacy.js";
import "../elements/skill-table.js";
import search from "../styles/search.css.js";
import person from "../styles/person.css.js";

/** @typedef {NonNullable<import("../operations.js").CandidatePageQuery["candidate"]>} Candidate */
/** @typedef {import("../operations.js").CandidateWhyQuery["explain"]} Why */
/** @typedef {import("../operations.js").EvidenceLineFragment} Line */

const t = texts({
  ja: {
    loading: "候補者を読み込んでいます…",
    missing: "この候補者は見つかりません。消去されたか、アドレスが誤っています。",
    back: "← 検索結果へ戻る",
    print: "印刷",
    printDocument: "原本も印刷",
    compare: "比較に追加",
    compared: "比較に追加済み",
    full: "比較できるのは{n}人までです。",
    current: "現職",
    asOf: "{date} 時点の書類",
    undatedDocument: "日付のない書類",
    born: "生年月日",
    location: "居住地",
    mail: "メール",
    phone: "電話",
    externalId: "管理番号",
    links: "リンク",
    blind: "匿名表示: 氏名・連絡先・学校は伏せられています。",
    suspended: "利用停止中です（{date} から）。検索には表示されません。",
    why: "検索条件との対応",
    met: "該当",
    unmet: "該当なし",
    excluded: "除外条件",
    timeline: "経歴の年表",
    technologies: "技術",
    work: "職務経歴",
    alone: "所属の記載がないプロジェクト",
    team: "{n}名",
    line: "{n}行目",
    lasting: "{span}（{months}）",
    certifications: "資格",
    education: "学歴",
    notices: "読み取りの注意",
    noticesHint: "機械が読み切れなかった、または疑わしい箇所です。",
    document: "原本",
    noDocument: "原本を見る権限がありません。",
    version: "書類",
    newest: "{date}（最新）",
    old: "以前の書類です。経歴とマークは最新の書類のものです。",
    marks: "「{what}」のマーク",
    toQuery: "検索条件のマークに戻す",
    noTitle: "（名称なし）",
  },
  en: {
    loading: "Loading the candidate…",
    missing: "There is no such candidate: erased, or the address is wrong.",
    back: "← Back to results",
    print: "Print",
    printDocument: "with the document",
    compare: "Add to comparison",
    compared: "In the comparison",
    full: "At most {n} people can be compared.",
    current: "Now",
    asOf: "Document of {date}",
    undatedDocument: "Undated document",
    born: "Born",
    location: "Lives in",
    mail: "Mail",
    phone: "Telephone",
    externalId: "Your id",
    links: "Links",
    blind: "Blind view: name, contacts and schools are hidden.",
    suspended: "Use is stopped since {date}: no search finds this person.",
    why: "What was asked for",
    met: "met",
    unmet: "not met",
    excluded: "excluded",
    timeline: "Career",
    technologies: "Technologies",
    work: "Jobs and projects",
    alone: "Projects without an employer",
    team: "team of {n}",
    line: "line {n}",
    lasting: "{span} ({months})",
    certifications: "Certificates",
    education: "Education",
    notices: "Doubts of the reader",
    noticesHint: "What the machine did not understand, or doubts.",
    document: "Document",
    noDocument: "You may not see documents.",
    version: "Document",
    newest: "{date} (newest)",
    old: "An earlier document. Career and marks are those of the newest one.",
    marks: "Marks of “{what}”",
    toQuery: "Back to what was asked for",
    noTitle: "(untitled)",
  },
});

/** @type {{ [kind: string]: [ja: string, en: string] }} */
const KINDS = {
  PERMANENT: ["正社員", "permanent"],
  FIXED_TERM: ["契約社員", "fixed term"],
  DISPATCHED: ["派遣", "dispatched"],
  CONTRACT: ["業務委託", "contract"],
  FREELANCE: ["フリーランス", "freelance"],
  INTERN: ["インターン", "intern"],
  PART_TIME: ["アルバイト", "part-time"],
  EXECUTIVE: ["役員", "executive"],
};

class CandidatePage extends HTMLElement {
  /** @type {Candidate | null} */
  #candidate = null;
  /** @type {Why | null} */
  #why = null;
  #query = "";
  /** The résumé that is shown, and its text. */
  #resume = "";
  /** @type {string | null} */
  #text = null;
  /** @type {{ what: string, evidence: Line[] } | null} */
  #technology = null;
  /** @type {AbortController | undefined} */
  #loading;
  /** @type {AbortController | undefined} */
  #listening;
  #document = /** @type {import("../elements/document.js").ResumeDocument} */ (document.createElement("resume-document"));
  #marks = h("p", { class: "doc-marks", "aria-live": "polite" });
  #compare = h("button", { onclick: () => this.#toggle() });

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // Places of this résumé are shown beside what is read: the page stays where it is.
    this.addEventListener("click", (event) => this.#follow(event), { signal });
    addEventListener("beforeprint", () => this.classList.contains("with-document") && this.#document.renderAll(), { signal });
    onSelection(() => this.#tellCompared(), { signal });
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#loading?.abort();
  }

  /** @param {URL} url */
  show(url) {
    const id = decodeURIComponent(url.pathname.split("/")[2] ?? "");
    const query = url.searchParams.get("q") ?? "";
    const resume = url.searchParams.get("resume") ?? "";
    const line = Number(url.searchParams.get("line")) || 0;
    if (this.#candidate?.id === id && this.#query === query) {
      if (resume !== this.#resume && (resume || this.#resume !== this.#candidate.resumes[0]?.id)) void this.#open(resume, line);
      else if (line > 0) this.#document.reveal(line);
      return;
    }
    void this.#load(id, query, resume, line);
  }

  /**
   * @param {string} id
   * @param {string} query
   * @param {string} resume
   * @param {number} line
   */
  async #load(id, query, resume, line) {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    this.#candidate = this.#why = this.#technology = null;
    this.#query = query;
    fill(this, h("p", { class: "faint", role: "status" }, t("loading")));
    try {
      const [{ candidate }, why] = await Promise.all([
        client.request(Page, { id }, { signal }),
        query ? client.request(CandidateWhy, { id, query }, { signal }).catch(() => null) : null,
      ]);
      if (!candidate) return fill(this, this.#back(), problem(t("missing")));
      this.#candidate = candidate;
      this.#why = why?.explain ?? null;
      this.#draw(candidate);
      await this.#open(resume, line);
    } catch (error) {
      if (signal.aborted) return;
      fill(this, this.#back(), problem(error, { again: () => void this.#load(id, query, resume, line) }));
    }
  }

  /**
   * Shows a résumé, the newest where `id` names none.
   * @param {string} id
   * @param {number} line
   */
  async #open(id, line) {
    const candidate = this.#candidate;
    if (!candidate || !may("DOCUMENT")) return;
    const resume = candidate.resumes.find((one) => one.id === id) ?? candidate.resumes[0];
    if (!resume) return;
    this.#resume = resume.id;
    this.#text = null;
    const choice = this.querySelector("select");
    if (choice) choice.value = resume.id;
    this.#mark();
    const { node } = await client.request(ResumeText, { id: resume.id });
    if (this.#candidate !== candidate || this.#resume !== resume.id) return;
    this.#text = node && "text" in node ? node.text : "";
    this.#mark();
    if (line > 0) this.#document.reveal(line);
    else this.#document.begin();
  }

  /** Marks what was asked for, or the technology that was chosen since. */
  #mark() {
    const isNewest = this.#resume === this.#candidate?.resumes[0]?.id;
    const asked = this.#why?.clauses.flatMap(({ match }) => match?.evidence ?? []) ?? [];
    this.#document.set(this.#text, isNewest ? (this.#technology?.evidence ?? asked) : []);
    const what = this.#technology?.what ?? this.#query;
    const reset = this.#technology && this.#query && h("button", { class: "quiet", onclick: () => this.#unmark() }, t("toQuery"));
    fill(this.#marks, isNewest ? what && t("marks", { what }) : t("old"), reset);
  }

  #unmark() {
    this.#technology = null;
    this.#mark();
    this.#document.begin();
  }

  /** @param {string} name */
  async #evidenceOf(name) {
    const candidate = this.#candidate;
    if (!candidate) return [];
    const { skillMatrix } = await client.request(TechnologyEvidence, { id: candidate.id, technology: name });
    return skillMatrix.rows[0]?.cells[0]?.experience?.evidence ?? [];
  }

  /** @param {MouseEvent} event */
  #follow(event) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link || link.pathname !== location.pathname || !new URL(link.href).searchParams.has("line")) return;
    event.preventDefault();
    // Lines are those of the newest document.
    go(link.href, { replace: true });
  }

  #toggle() {
    const id = this.#candidate?.id ?? "";
    if (select(id, !selection().includes(id))) return;
    this.#compare.after(h("span", { class: "faint", role: "status" }, t("full", { n: MOST_COMPARED })));
  }

  #tellCompared() {
    const isChosen = selection().includes(this.#candidate?.id ?? "");
    this.#compare.textContent = t(isChosen ? "compared" : "compare");
    this.#compare.setAttribute("aria-pressed", String(isChosen));
  }

  #back() {
    return h("p", { class: "person-back" }, h("a", { href: lastSearch(this.#query) }, t("back")));
  }

  /**
   * A link to a line, where the document may be seen.
   * @param {number} line
   */
  #line(line) {
    const text = t("line", { n: line });
    return may("DOCUMENT") ? h("a", { class: "person-line", href: lineAddress(this.#candidate?.id ?? "", line, this.#query) }, text) : h("span", { class: "person-line" }, text);
  }

  /** @param {Candidate} candidate */
  #draw(candidate) {
    const { employments, projects, certifications, education, notices, privacy, resumes } = candidate;
    const seesDocument = may("DOCUMENT");
    const timeline = /** @type {import("../elements/timeline.js").CareerTimeline} */ (document.createElement("career-timeline"));
    timeline.career = candidate;
    timeline.asOf = candidate.technologies[0]?.asOf ?? null;
    timeline.matched = new Set(this.#why?.clauses.flatMap(({ match }) => match?.stint?.id ?? []));
    if (seesDocument) timeline.link = (stint) => lineAddress(candidate.id, stint.line, this.#query);
    const skills = /** @type {import("../elements/skill-table.js").SkillTable} */ (document.createElement("skill-table"));
    skills.set(candidate.technologies, {
      evidence: (name) => this.#evidenceOf(name),
      link: seesDocument ? ({ line }) => lineAddress(candidate.id, line, this.#query) : null,
    });
    skills.addEventListener("technology-opened", (event) => {
      this.#technology = /** @type {CustomEvent} */ (event).detail;
      this.#mark();
      this.#document.begin();
    });
    const agreed = /** @type {import("../elements/privacy.js").CandidatePrivacy} */ (document.createElement("candidate-privacy"));
    agreed.set(candidate);
    agreed.addEventListener("privacy-changed", () => void this.#load(candidate.id, this.#query, this.#resume, 0));
    /**
     * @param {string} title
     * @param {...import("../lib/dom.js").Child} children
     */
    const section = (title, ...children) => h("section", { class: "card person-section" }, h("h2", null, title), children);
    const alone = projects.filter(({ employment }) => !employment);
    fill(
      this,
      this.#back(),
      h(
        "div",
        { class: "person-columns" },
        h(
          "div",
          { class: "person-facts" },
          this.#head(candidate),
          privacy.suspendedAt && h("p", { class: "problem" }, t("suspended", { date: day(privacy.suspendedAt) })),
          this.#why && this.#asked(this.#why),
          section(t("timeline"), timeline),
          candidate.technologies.length > 0 && section(t("technologies"), skills),
          section(
            t("work"),
            employments.map((job) => this.#job(job, projects.filter(({ employment }) => employment?.id === job.id))),
            alone.length > 0 && employments.length > 0 && h("h3", null, t("alone")),
            alone.map((project) => this.#project(project)),
          ),
          certifications.length > 0 &&
            section(t("certifications"), h("ul", { class: "person-list" }, certifications.map(({ name, acquired, line }) => h("li", null, h("span", null, name), h("span", { class: "faint" }, acquired && month(acquired)), this.#line(line))))),
          education.length > 0 &&
            section(t("education"), h("ul", { class: "person-list" }, education.map(({ school, degree, period, line }) => h("li", null, h("span", null, school, " ", degree), h("span", { class: "faint" }, period && span(period)), this.#line(line))))),
          notices.length > 0 &&
            h(
              "details",
              { class: "card person-section person-notices" },
              h("summary", null, h("h2", null, `${t("notices")} (${notices.length})`)),
              h("p", { class: "faint" }, t("noticesHint")),
              h("ul", { class: "person-list" }, notices.map(({ message, text, line }) => h("li", null, h("span", null, message, text && h("q", { class: "faint" }, text)), line && this.#line(line)))),
            ),
          agreed,
        ),
        h(
          "section",
          { class: "person-document card", "aria-label": t("document") },
          h("div", { class: "doc-head" }, h("h2", null, t("document")), resumes.length > 1 && seesDocument && this.#versions(resumes)),
          seesDocument ? [this.#marks, this.#document] : h("p", { class: "faint" }, t("noDocument")),
        ),
      ),
    );
    this.#tellCompared();
  }

  /** @param {Candidate["resumes"]} resumes */
  #versions(resumes) {
    /** @param {Event} event */
    const choose = (event) => {
      const url = new URL(location.href);
      url.searchParams.delete("line");
      url.searchParams.set("resume", /** @type {HTMLSelectElement} */ (event.target).value);
      go(url, { replace: true });
    };
    return h(
      "select",
      { "aria-label": t("version"), onchange: choose },
      resumes.map(({ id, documentDate, receivedAt, fileName }, index) => {
        const date = day(documentDate ?? receivedAt);
        return h("option", { value: id }, index === 0 ? t("newest", { date }) : date, fileName && ` ${fileName}`);
      }),
    );
  }

  /** @param {Candidate} candidate */
  #head(candidate) {
    const { name, nameKana, pseudonym, birthDate, location, emails, phones, links, externalId, employments, resumes } = candidate;
    const now = employments.filter(({ period }) => period?.isCurrent);
    const documentDate = resumes[0]?.documentDate;
    /**
     * @param {string} term
     * @param {...import("../lib/dom.js").Child} value
     */
    const fact = (term, ...value) => [h("dt", null, term), h("dd", null, value)];
    return h(
      "header",
      { class: "card person-head" },
      h("h1", null, name ?? pseudonym, nameKana && h("span", { class: "faint" }, ` ${nameKana}`)),
      currentViewer()?.isBlind && h("p", { class: "person-blind" }, t("blind")),
      h(
        "dl",
        { class: "person-dl" },
        now.map((job) => fact(t("current"), [stintName(job), job.title !== stintName(job) && job.title].filter(Boolean).join("　"), job.period && h("span", { class: "faint" }, ` ${span(job.period)}`))),
        location && fact(t("location"), location),
        birthDate && fact(t("born"), day(birthDate)),
        emails.length > 0 && fact(t("mail"), emails.map((mail) => h("a", { href: `mailto:${mail}` }, mail))),
        phones.length > 0 && fact(t("phone"), phones.map((phone) => h("a", { href: `tel:${phone.replace(/[^\d+]/g, "")}` }, phone))),
        links.length > 0 && fact(t("links"), links.map(address)),
        externalId && fact(t("externalId"), externalId),
      ),
      h("p", { class: "faint" }, documentDate ? t("asOf", { date: day(documentDate) }) : t("undatedDocument")),
      h(
        "div",
        { class: "person-actions" },
        this.#compare,
        h("button", { onclick: () => print() }, t("print")),
        may("DOCUMENT") && h("label", null, h("input", { type: "checkbox", onchange: (/** @type {Event} */ event) => this.classList.toggle("with-document", /** @type {HTMLInputElement} */ (event.target).checked) }), " ", t("printDocument")),
      ),
    );
  }

  /** @param {Why} why */
  #asked({ clauses }) {
    const link = may("DOCUMENT") ? (/** @type {Line} */ { line }) => lineAddress(this.#candidate?.id ?? "", line, this.#query) : null;
    return h(
      "section",
      { class: "card person-section" },
      h("h2", null, t("why")),
      h(
        "ul",
        { class: "person-asked" },
        clauses.map(({ clause, isMet, isNegated, match, whyNot }) => {
          const isGood = isMet !== isNegated;
          const lines = /** @type {import("../elements/evidence.js").EvidenceList} */ (document.createElement("evidence-list"));
          lines.link = link;
          lines.evidence = match?.evidence ?? whyNot?.evidence ?? [];
          return h(
            "li",
            null,
            h(
              "p",
              null,
              h("span", { class: isGood ? "verdict good" : "verdict bad" }, isGood ? "✓ " : "✗ ", isNegated ? t("excluded") : t(isMet ? "met" : "unmet")),
              h("code", null, clause),
              match?.months ? h("strong", null, duration(match.months)) : null,
            ),
            !isMet && !isNegated && whyNot && h("p", { class: "faint" }, whyNot.text),
            lines.evidence.length > 0 && lines,
          );
        }),
      ),
    );
  }

  /**
   * @param {Candidate["employments"][number]} job
   * @param {Candidate["projects"]} projects
   */
  #job(job, projects) {
    const { title, department, kind, period, technologies, line } = job;
    const name = stintName(job);
    const about = [title !== name && title, department, kind && (KINDS[kind]?.[locale() === "ja" ? 0 : 1] ?? kind)];
    return h(
      "article",
      { class: "person-job" },
      h("h3", null, name),
      h("p", { class: "stint-facts" }, period && h("span", null, when(period)), h("span", null, about.filter(Boolean).join(" / ")), this.#line(line)),
      projects.length === 0 && names(technologies),
      projects.map((project) => this.#project(project)),
    );
  }

  /** @param {Candidate["projects"][number]} project */
  #project(project) {
    const { title, period, periodInherited, roles, teamSize, summary, technologies, line } = project;
    const part = h("article", { class: "person-project" });
    append(part, [
      h("h4", null, title ?? t("noTitle")),
      h(
        "p",
        { class: "stint-facts" },
        period && !periodInherited && h("span", null, when(period)),
        roles.length > 0 && h("span", null, roles.join("、")),
        teamSize && h("span", null, t("team", { n: teamSize })),
        this.#line(line),
      ),
      summary && h("p", { class: "stint-summary" }, summary),
      names(technologies),
    ]);
    return part;
  }
}

/**
 * @param {NonNullable<Candidate["employments"][number]["period"]>} period
 */
function when(period) {
  return period.months > 0 ? t("lasting", { span: span(period), months: duration(period.months) }) : span(period);
}

/** @param {{ name: string }[]} technologies */
function names(technologies) {
  return technologies.length > 0 && h("ul", { class: "tags" }, technologies.map(({ name }) => h("li", null, name)));
}

/**
 * A date or an instant as a day.
 * @param {string} date
 */
function day(date) {
  const [year, number, of] = date.slice(0, 10).split("-").map(Number);
  return new Date(year ?? 0, (number ?? 1) - 1, of).toLocaleDateString(locale(), { dateStyle: "long" });
}

/** @param {Candidate["links"][number]} link */
function address({ label, url }) {
  const isWeb = /^https?:/i.test(url);
  return isWeb ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label ?? url) : h("span", null, label ?? url);
}

adopt(search, person);
define("candidate-page", CandidatePage);
