// @ts-check
// Conditions in the search language, as the server writes them. It is read by the server alone.

import { locale } from "./i18n.js";

/** @typedef {"TECHNOLOGY" | "EMPLOYER" | "ROLE" | "CERTIFICATION" | "LOCATION" | "NAME"} Kind */

/** The keys of a kind, those that are written first. */
/** @type {Record<Kind, Record<"ja" | "en", [string, ...string[]]>>} */
const KEYS = {
  TECHNOLOGY: { ja: ["技術", "スキル", "言語"], en: ["tech", "technology", "skill"] },
  EMPLOYER: { ja: ["会社", "企業", "勤務先", "所属"], en: ["employer", "company"] },
  ROLE: { ja: ["役割", "役職", "職種", "ポジション"], en: ["role", "title"] },
  CERTIFICATION: { ja: ["資格", "認定"], en: ["cert", "certification"] },
  LOCATION: { ja: ["居住地", "住所", "在住"], en: ["location"] },
  NAME: { ja: ["氏名", "名前"], en: ["name"] },
};

/**
 * The kind of thing that a key asks for, where there is such a key.
 * @param {string} key
 * @returns {Kind | undefined}
 */
export function kindOf(key) {
  const kinds = /** @type {Kind[]} */ (Object.keys(KEYS));
  return kinds.find((kind) => Object.values(KEYS[kind]).some((keys) => keys.includes(key.toLowerCase())));
}

/**
 * A value, in quotes where the language would split or misread it.
 * @param {string} value
 */
export function quoted(value) {
  const text = value.normalize("NFKC");
  const isBare = /[\p{L}\p{N}]/u.test(text) && !/[\s"(){}<>≤≥=:,、*「『]/.test(text) && !/^(-|(and|or|not)$)/i.test(text);
  return isBare ? value : inQuotes(value);
}

/**
 * A phrase.
 * @param {string} text
 */
export function inQuotes(text) {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/**
 * A condition: 会社:ドワンゴ.
 * @param {Kind} kind
 * @param {string} value
 * @param {"ja" | "en"} [language]
 */
export function condition(kind, value, language = locale()) {
  return `${KEYS[kind][language][0]}:${quoted(value)}`;
}

/**
 * A query with other text between two places, which count characters (code points) as the server does.
 * Brackets around nothing, and an operator that joined what is gone, go with it.
 * @param {string} query
 * @param {number} start
 * @param {number} end
 * @param {string} text
 */
export function replaced(query, start, end, text) {
  const characters = Array.from(query);
  let before = characters.slice(0, start).join("");
  let behind = characters.slice(end).join("");
  if (text) return `${before}${text}${behind}`.trim();
  while (/[(（]\s*$/.test(before) && /^\s*[)）]/.test(behind)) {
    before = before.replace(/[(（]\s*$/, "");
    behind = behind.replace(/^\s*[)）]/, "");
  }
  before = before.replace(/(^|\s)(NOT|[-－])\s*$/i, "$1");
  const joined = before.replace(/(^|\s)(AND|かつ|および|及び)\s*$/i, "$1");
  if (joined === before) behind = behind.replace(/^\s*(AND|かつ|および|及び)(?=\s)/i, "");
  return `${joined.trim()} ${behind.trim()}`.trim();
}
