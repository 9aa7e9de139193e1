// @ts-check
// Elements from code. Text stays text: nothing here reads HTML.

/** @typedef {Node | string | number | null | undefined | false | Children} Child */
/** @typedef {Child[]} Children */

/**
 * Makes an element.
 *
 * A property that begins with `on` is a listener (`onclick`), `style` holds CSS properties, `true` sets an
 * empty attribute and `false`, `null` and `undefined` set none; all others are attributes. Children that
 * are `null`, `undefined` or `false` are left out. A button submits nothing unless it says so.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any> | null} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  if (tag === "button") element.setAttribute("type", "button");
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") {
      // A policy without 'unsafe-inline' forbids the attribute, not this.
      for (const [property, of] of Object.entries(value)) element.style.setProperty(property, String(of));
    } else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/**
 * Appends children.
 * @param {Node} parent
 * @param {Children} children
 */
export function append(parent, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child);
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * Puts children in the place of those that an element has.
 * @param {Element | ShadowRoot} parent
 * @param {...Child} children
 */
export function fill(parent, ...children) {
  const fragment = document.createDocumentFragment();
  append(fragment, children);
  parent.replaceChildren(fragment);
}

/**
 * Adds style sheets to the page. Each counts once.
 * @param {...CSSStyleSheet} sheets
 */
export function adopt(...sheets) {
  document.adoptedStyleSheets = [...new Set([...document.adoptedStyleSheets, ...sheets])];
}

/**
 * Defines an element, under another name where a page that embeds the search has one of this name: whoever may
 * stand in such a page is made with `new`.
 * @param {string} name
 * @param {CustomElementConstructor} constructor
 */
export function define(name, constructor) {
  let free = name;
  for (let number = 2; customElements.get(free); number++) free = `${name}-${number}`;
  customElements.define(free, constructor);
}

/**
 * Tells an event of `name` with `detail` to whoever listens above `element`, past shadow roots.
 * @param {EventTarget} element
 * @param {string} name
 * @param {unknown} [detail]
 */
export function emit(element, name, detail) {
  return element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable: true, detail }));
}
