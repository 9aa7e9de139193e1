// @ts-check
import { define, fill, h } from "../lib/dom.js";

/** The search. */
class SearchPage extends HTMLElement {
  /** @param {URL} url */
  show(url) {
    fill(this, h("h1", null, url.pathname));
  }
}

define("search-page", SearchPage);
