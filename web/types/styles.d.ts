// The modules that the server makes of style sheets.
declare module "*.css.js" {
  const sheet: CSSStyleSheet;
  export default sheet;
}
