// @ts-check
import { define, fill, h } from "../lib/dom.js";

/** The page sign-in. */
class SignInPage extends HTMLElement {
  /** @param {URL} url */
  show(url) {
    fill(this, h("h1", null, url.pathname));
  }
}

define("sign-in-page", SignInPage);
