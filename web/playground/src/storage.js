// What the page remembers in this browser: tabs, history, sizes, never a header, for headers hold tokens.

const PREFIX = 'shokureki:';

/** What GraphiQL keeps the history in, with the headers of each request. */
const HISTORY = ['graphiql:queries', 'graphiql:favorites'];

function withoutHeaders(key, value) {
  if (!HISTORY.some((name) => key === name)) return value;
  return JSON.stringify(JSON.parse(value), (name, inner) => (name === 'headers' ? undefined : inner));
}

function ownKeys() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

const kept = {
  getItem: (key) => localStorage.getItem(PREFIX + key),
  setItem: (key, value) => localStorage.setItem(PREFIX + key, withoutHeaders(key, value)),
  removeItem: (key) => localStorage.removeItem(PREFIX + key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

/** Returns where to remember; null where the browser forbids it. */
export function storage() {
  try {
    localStorage.getItem(PREFIX);
    return kept;
  } catch {
    return null;
  }
}
