// @ts-check
// What the page says, in Japanese and English.

/** @typedef {"ja" | "en"} Locale */

const STORED = "shokureki.locale";

/** @returns {Locale} */
function preferred() {
  try {
    const stored = localStorage.getItem(STORED);
    if (stored === "ja" || stored === "en") return stored;
  } catch {
    // A frame without storage of its own.
  }
  for (const language of navigator.languages) {
    if (language.startsWith("ja")) return "ja";
    if (language.startsWith("en")) return "en";
  }
  return "ja";
}

/** @type {Locale} */
let current = preferred();

/**
 * Returns the language in use: that of the nearest element which says so, as several languages may stand in one
 * page of somebody else; that of our page where `at` is none.
 * @param {Element | null} [at]
 * @returns {Locale}
 */
export function locale(at) {
  const lang = /** @type {HTMLElement | null | undefined} */ (at?.closest("[lang]"))?.lang;
  return lang === "ja" || lang === "en" ? lang : current;
}

/**
 * Changes the language of our page for good; what is shown is rendered anew by whoever calls.
 * @param {Locale} to
 */
export function useLocale(to) {
  current = to;
  try {
    localStorage.setItem(STORED, to);
  } catch {
    // It holds until the page is left.
  }
}

/**
 * Returns a function that gives a text by its key, in the language of `at`. `{name}` in a text stands for
 * `parameters.name`.
 *
 * @template {Record<string, string>} Texts
 * @param {{ ja: Texts, en: { [Key in keyof Texts]: string } }} texts
 * @param {Element | null} [at] as of {@link locale}
 * @returns {(key: keyof Texts & string, parameters?: Record<string, string | number>) => string}
 */
export function texts({ ja, en }, at) {
  return (key, parameters = {}) => {
    const text = (locale(at) === "ja" ? ja : en)[key];
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(parameters[name] ?? whole));
  };
}

const UNITS = {
  ja: { years: "{y}年", months: "{m}ヶ月", both: "{y}年{m}ヶ月", now: "現在", to: "{from} 〜 {to}" },
  en: { years: "{y} y", months: "{m} m", both: "{y} y {m} m", now: "now", to: "{from} – {to}" },
};

/**
 * Months as years and months: 2年6ヶ月.
 * @param {number} months
 * @param {Element} [at]
 */
export function duration(months, at) {
  const t = texts(UNITS, at);
  const y = Math.floor(months / 12);
  const m = months % 12;
  if (y === 0) return t("months", { m });
  return m === 0 ? t("years", { y }) : t("both", { y, m });
}

/**
 * A month as `YearMonth` has it: 2016年4月, 2016年.
 * @param {string} yearMonth
 * @param {Element} [at]
 */
export function month(yearMonth, at) {
  const [year, number] = yearMonth.split("-").map(Number);
  if (locale(at) === "ja") return number ? `${year}年${number}月` : `${year}年`;
  if (!number) return String(year);
  return new Date(Date.UTC(year ?? 0, number - 1)).toLocaleDateString("en", { month: "short", year: "numeric", timeZone: "UTC" });
}

/**
 * A period in words.
 * @param {{ from?: string | null, to?: string | null, isCurrent: boolean }} period
 * @param {Element} [at]
 */
export function span({ from, to, isCurrent }, at) {
  const t = texts(UNITS, at);
  return t("to", { from: from ? month(from, at) : "", to: isCurrent ? t("now") : to ? month(to, at) : "" }).trim();
}

/**
 * A count, grouped as the language does.
 * @param {number} count
 * @param {Element} [at]
 */
export function number(count, at) {
  return count.toLocaleString(locale(at));
}
