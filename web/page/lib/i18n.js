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

/** Returns the language in use. */
export function locale() {
  return current;
}

/**
 * Changes the language; what is shown is rendered anew by whoever calls.
 * @param {Locale} to
 * @param {{ remember?: boolean }} [options]
 */
export function useLocale(to, { remember = false } = {}) {
  current = to;
  if (!remember) return;
  try {
    localStorage.setItem(STORED, to);
  } catch {
    // It holds until the page is left.
  }
}

/**
 * Returns a function that gives a text by its key. `{name}` in a text stands for `parameters.name`.
 *
 * @template {Record<string, string>} Texts
 * @param {{ ja: Texts, en: { [Key in keyof Texts]: string } }} texts
 * @returns {(key: keyof Texts & string, parameters?: Record<string, string | number>) => string}
 */
export function texts({ ja, en }) {
  return (key, parameters = {}) => {
    const text = (current === "ja" ? ja : en)[key];
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(parameters[name] ?? whole));
  };
}

const t = texts({
  ja: { years: "{y}年", months: "{m}ヶ月", both: "{y}年{m}ヶ月", now: "現在", to: "{from} 〜 {to}" },
  en: { years: "{y} y", months: "{m} m", both: "{y} y {m} m", now: "now", to: "{from} – {to}" },
});

/**
 * Months as years and months: 2年6ヶ月.
 * @param {number} months
 */
export function duration(months) {
  const y = Math.floor(months / 12);
  const m = months % 12;
  if (y === 0) return t("months", { m });
  return m === 0 ? t("years", { y }) : t("both", { y, m });
}

/**
 * A month as `YearMonth` has it: 2016年4月, 2016年.
 * @param {string} yearMonth
 */
export function month(yearMonth) {
  const [year, number] = yearMonth.split("-").map(Number);
  if (current === "ja") return number ? `${year}年${number}月` : `${year}年`;
  if (!number) return String(year);
  return new Date(Date.UTC(year ?? 0, number - 1)).toLocaleDateString("en", { month: "short", year: "numeric", timeZone: "UTC" });
}

/**
 * A period in words.
 * @param {{ from?: string | null, to?: string | null, isCurrent: boolean }} period
 */
export function span({ from, to, isCurrent }) {
  return t("to", { from: from ? month(from) : "", to: isCurrent ? t("now") : to ? month(to) : "" }).trim();
}

/**
 * A count, grouped as the language does.
 * @param {number} count
 */
export function number(count) {
  return count.toLocaleString(current);
}
