// @ts-check
// What did not work, told where it should have stood.

import { h } from "./dom.js";
import { RequestError } from "./graphql.js";
import { texts } from "./i18n.js";

const TEXTS = {
  ja: { again: "もう一度試す", unreachable: "サーバーに接続できません。", failed: "読み込めませんでした。" },
  en: { again: "Try again", unreachable: "The server cannot be reached.", failed: "It could not be loaded." },
};

/**
 * A failure in words, with the way to try again where there is one.
 * @param {unknown} error what was thrown, or the words
 * @param {{ again?: () => void, at?: Element }} [options] `at` as of `locale` in i18n.js
 */
export function problem(error, { again, at } = {}) {
  const t = texts(TEXTS, at);
  const known = error instanceof RequestError ? error : null;
  const isAway = known?.code === "NETWORK" || known?.code === "UNAVAILABLE";
  const text = typeof error === "string" ? error : isAway ? t("unreachable") : (known?.message ?? t("failed"));
  return h("p", { class: "problem", role: "alert" }, text, again && [" ", h("button", { onclick: again }, t("again"))]);
}
