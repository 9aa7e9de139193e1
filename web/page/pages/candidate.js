// @ts-check
import { define, fill, h } from "../lib/dom.js";

/** The page candidate. */
class CandidatePage extends HTMLElement {
  /** @param {URL} url */
  show(url) {
    fill(this, h("h1", null, url.pathname));
  }
}

define("candidate-page", CandidatePage);
