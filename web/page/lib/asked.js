// @ts-check
// What is asked for, as an address that can be read: /?q=決済&tech=Go&months=12&employer=ドワンゴ&from=2016-04
//
// The conditions of a group are met by one stint. A second group has the same names with a 2 behind them.

/**
 * @typedef {object} Group
 * @property {string} tech
 * @property {string} months the least months of `tech`
 * @property {string} work "1" where only work counts
 * @property {string} employer
 * @property {string} tenure "current", "past" or nothing
 * @property {string} role
 * @property {string} from a YearMonth
 * @property {string} to
 * @property {string} within "1" where the stint must lie within the months
 */

/**
 * @typedef {object} Asked
 * @property {string} query
 * @property {string} sort
 * @property {Group[]} groups at least one
 * @property {string} cert
 * @property {string} location
 */

/** @typedef {import("../operations.js").CandidateFilter} Filter */

const NAMES = /** @type {const} */ (["tech", "months", "work", "employer", "tenure", "role", "from", "to", "within"]);

export const MOST_GROUPS = 4;

/** Every order that can be asked for, as an address has it. */
export const SORTS = /** @type {const} */ ({
  "": "RELEVANCE",
  months: "MONTHS_DESC",
  "last-used": "LAST_USED_DESC",
  updated: "UPDATED_DESC",
  name: "NAME_ASC",
});

/** @returns {Group} */
export function emptyGroup() {
  return /** @type {Group} */ (Object.fromEntries(NAMES.map((name) => [name, ""])));
}

/**
 * What an address asks for.
 * @param {URLSearchParams} parameters
 * @returns {Asked}
 */
export function read(parameters) {
  /** @param {string} name */
  const of = (name) => (parameters.get(name) ?? "").trim();
  const groups = [];
  for (let place = 1; place <= MOST_GROUPS; place++) {
    const group = emptyGroup();
    for (const name of NAMES) group[name] = of(place === 1 ? name : `${name}${place}`);
    if (place === 1 || isAsked(group)) groups.push(group);
  }
  return { query: of("q"), sort: of("sort") in SORTS ? of("sort") : "", groups, cert: of("cert"), location: of("location") };
}

/**
 * The address that asks for it.
 * @param {Asked} asked
 */
export function write({ query, sort, groups, cert, location }) {
  /** @type {[string, string][]} */
  const parts = [["q", query]];
  groups.filter((group, place) => place === 0 || isAsked(group)).forEach((group, place) => {
    for (const name of NAMES) parts.push([place === 0 ? name : `${name}${place + 1}`, group[name]]);
  });
  parts.push(["cert", cert], ["location", location], ["sort", sort]);
  // Of what may stand in an address, as much as a person can read.
  const text = parts.filter(([, value]) => value.trim() !== "").map(([name, value]) => `${name}=${readable(value.trim())}`);
  return text.length > 0 ? `/?${text.join("&")}` : "/";
}

/** @param {string} value */
function readable(value) {
  return encodeURIComponent(value).replace(/%20/g, "+").replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%2F/g, "/");
}

/** @param {Group} group */
function isAsked(group) {
  return Boolean(group.tech || group.employer || group.role || group.from || group.to);
}

/**
 * The conditions beside the query, each with where it comes from, in the order in which the server lists
 * them in `interpretation.tree`.
 * @param {Asked} asked
 * @returns {{ filter: Filter, group?: number, field?: "cert" | "location" }[]}
 */
export function conditions({ groups, cert, location }) {
  /** @type {{ filter: Filter, group?: number, field?: "cert" | "location" }[]} */
  const found = [];
  groups.forEach((group, place) => {
    if (!isAsked(group)) return;
    /** @type {Filter} */
    const filter = {};
    if (group.tech) {
      filter.technology = { name: group.tech };
      if (Number(group.months) > 0) filter.technology.minMonths = Math.round(Number(group.months));
      if (group.work) filter.technology.minGrade = "WORKED";
    }
    if (group.employer) {
      filter.employer = { name: group.employer };
      if (group.tenure) filter.employer.tenure = group.tenure === "past" ? "PAST" : "CURRENT";
    }
    if (group.role) filter.role = group.role;
    if (group.from || group.to) {
      filter.period = { ...(group.from && { from: group.from }), ...(group.to && { to: group.to }), match: group.within ? "WITHIN" : "OVERLAPS" };
    }
    found.push({ filter, group: place });
  });
  if (cert) found.push({ filter: { certification: cert }, field: "cert" });
  if (location) found.push({ filter: { location }, field: "location" });
  return found;
}

/**
 * The filter of the API, null where nothing is asked beside the query.
 * @param {Asked} asked
 * @returns {Filter | null}
 */
export function filterOf(asked) {
  const all = conditions(asked).map(({ filter }) => filter);
  return all.length > 0 ? { all } : null;
}
