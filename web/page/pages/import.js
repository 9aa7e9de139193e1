// @ts-check
import { define, fill, h } from "../lib/dom.js";

/** The page import. */
class ImportPage extends HTMLElement {
  /** @param {URL} url */
  show(url) {
    fill(this, h("h1", null, url.pathname));
  }
}

define("import-page", ImportPage);
