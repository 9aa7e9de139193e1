// @ts-check
// Who has a token shows it here once; it stays in this tab and never in an address. Where the server trusts an
// identity provider, people sign in there and come back with a token of theirs.

import { adopt, define, fill, h } from "../lib/dom.js";
import { RequestError } from "../lib/graphql.js";
import { texts } from "../lib/i18n.js";
import { comeBack, leaveFor, provider } from "../lib/oidc.js";
import { go, isPage } from "../lib/route.js";
import { currentViewer, recognize, signIn, wasEnded } from "../lib/session.js";
import person from "../styles/person.css.js";

const t = texts({
  ja: {
    title: "サインイン",
    token: "アクセストークン",
    hint: "skr_ で始まる文字列です。このタブを閉じるまでだけ保持し、アドレスや Cookie には残しません。",
    show: "表示",
    submit: "サインイン",
    busy: "確認しています…",
    empty: "トークンを入力してください。",
    wrong: "このトークンは使えません。誤っているか、期限切れか、取り消されています。管理者に新しいトークンを依頼してください。",
    network: "サーバーに接続できません。しばらくしてからもう一度お試しください。",
    ended: "トークンが取り消されたか、期限が切れました。もう一度サインインすると、元のページに戻ります。",
    what: "トークンとは",
    whatText: "このサーバーを使う人ごとの鍵です。氏名・連絡先・原本を見られるか、取り込みや消去ができるかは、トークンの権限で決まります。",
    how: "トークンを得るには",
    howText: "サーバーの管理者が次のコマンドで発行します。表示されるのは一度だけです。",
    known: "サインイン済みです。",
    local: "ローカルモードです。この端末からはトークンなしで使えます。",
    goOn: "続ける",
    organization: "組織のアカウントでサインイン",
    or: "または、トークンで",
    provider: "組織のアカウントでサインインできませんでした。もう一度お試しください。",
  },
  en: {
    title: "Sign in",
    token: "Access token",
    hint: "It begins with skr_. It is kept until this tab is closed, never in an address or a cookie.",
    show: "Show",
    submit: "Sign in",
    busy: "Checking…",
    empty: "Enter a token.",
    wrong: "This token is not valid: it is wrong, has expired or was revoked. Ask the administrator for a new one.",
    network: "The server cannot be reached. Try again in a moment.",
    ended: "The token was revoked or has expired. Sign in again to return to where you were.",
    what: "What is a token?",
    whatText: "A key for each person who uses this server. Its scopes decide whether names, contacts and documents are seen, and whether documents may be imported or people erased.",
    how: "How do I get one?",
    howText: "Whoever runs the server gives one out by this command. It is shown once.",
    known: "You are signed in.",
    local: "The server is in local mode: no token is needed on this machine.",
    goOn: "Go on",
    organization: "Sign in with your organization",
    or: "Or with a token",
    provider: "The sign-in with your organization did not work. Try again.",
  },
});

/**
 * Where to go afterwards: an address of this page, whatever was asked for.
 * @param {URL} url
 */
function destination(url) {
  const next = url.searchParams.get("next") ?? "/";
  if (!URL.canParse(next, location.origin)) return "/";
  const { origin, pathname, search } = new URL(next, location.origin);
  if (origin !== location.origin || !isPage(pathname) || pathname === "/sign-in") return "/";
  return pathname + search;
}

class SignInPage extends HTMLElement {
  #next = "/";
  #problem = h("p", { class: "problem", role: "alert", id: "sign-in-problem", hidden: true });
  #token = h("input", { type: "password", id: "token", name: "password", autocomplete: "current-password", autocapitalize: "off", spellcheck: "false", required: true, "aria-describedby": "token-hint sign-in-problem" });
  #submit = h("button", { type: "submit", class: "primary" });

  /** @param {URL} url */
  show(url) {
    this.#next = destination(url);
    this.#submit.textContent = t("submit");
    if (wasEnded()) this.#fail("ended");
    const { searchParams } = url;
    if (searchParams.has("state") && (searchParams.has("code") || searchParams.has("error"))) void this.#comeBack(url);
    fill(
      this,
      h(
        "div",
        { class: "card sign-in" },
        h("h1", null, t("title")),
        this.#problem,
        h("div", { class: "sign-in-other" }),
        h(
          "form",
          { onsubmit: (/** @type {Event} */ event) => void this.#try(event), novalidate: true },
          // Password managers keep a password under a name.
          h("input", { type: "text", class: "hidden-text", name: "username", autocomplete: "username", value: "shokureki", tabindex: "-1", "aria-hidden": "true", readonly: true }),
          h("label", { for: "token" }, t("token")),
          h("div", { class: "row" }, this.#token, h("label", { class: "faint" }, h("input", { type: "checkbox", onchange: this.#reveal }), " ", t("show"))),
          h("p", { class: "faint", id: "token-hint" }, t("hint")),
          this.#submit,
        ),
        h("details", null, h("summary", null, t("what")), h("p", null, t("whatText"))),
        h("details", null, h("summary", null, t("how")), h("p", null, t("howText")), h("pre", { tabindex: "0" }, "shokureki token create --scope search,identity,contact,document --name NAME")),
      ),
    );
    this.#token.focus();
    void this.#greet();
  }

  /** Who needs no token, or has shown one, is told so. */
  async #greet() {
    const [viewer, trusted] = await Promise.all([currentViewer() ?? recognize().catch(() => null), provider()]);
    const other = this.querySelector(".sign-in-other");
    if (!other) return;
    const leave = () => leaveFor(/** @type {import("../lib/oidc.js").Provider} */ (trusted), this.#next).catch(() => this.#fail("provider"));
    fill(
      other,
      viewer && h("p", { role: "status" }, viewer.isLocal ? t("local") : t("known"), " ", h("a", { href: this.#next }, t("goOn"))),
      trusted && [h("button", { class: "primary", onclick: leave }, t("organization")), h("p", { class: "faint" }, t("or"))],
    );
  }

  /** @param {URL} url */
  async #comeBack(url) {
    try {
      const { token, next } = await comeBack(url);
      await signIn(token);
      go(next, { replace: true });
    } catch {
      // What is in the address was used, or is a stranger's.
      go("/sign-in", { replace: true });
      this.#fail("provider");
    }
  }

  #reveal = (/** @type {Event} */ event) => {
    this.#token.type = /** @type {HTMLInputElement} */ (event.target).checked ? "text" : "password";
  };

  /** @param {"empty" | "wrong" | "network" | "ended" | "provider"} problem */
  #fail(problem) {
    this.#problem.textContent = t(problem);
    this.#problem.hidden = false;
  }

  /** @param {Event} event */
  async #try(event) {
    event.preventDefault();
    this.#problem.hidden = true;
    this.#token.removeAttribute("aria-invalid");
    if (this.#token.value.trim() === "") return this.#refuse("empty");
    this.#submit.disabled = true;
    this.#submit.textContent = t("busy");
    try {
      await signIn(this.#token.value);
      this.#token.value = "";
      go(this.#next, { replace: true });
    } catch (error) {
      this.#refuse(error instanceof RequestError && error.code === "UNAUTHENTICATED" ? "wrong" : "network");
    } finally {
      this.#submit.disabled = false;
      this.#submit.textContent = t("submit");
    }
  }

  /** @param {"empty" | "wrong" | "network"} problem */
  #refuse(problem) {
    this.#fail(problem);
    this.#token.setAttribute("aria-invalid", "true");
    this.#token.focus();
    this.#token.select();
  }
}

adopt(person);
define("sign-in-page", SignInPage);
