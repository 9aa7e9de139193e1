// @ts-check
// Who sits at the page: their token, what it lets them do, and the client that asks with it.

import { Client, RequestError } from "./graphql.js";
import { locale } from "./i18n.js";
import { Live } from "./live.js";
import { Viewer } from "../operations.js";

/** @typedef {import("../operations.js").ViewerQuery["viewer"]} Caller */

const STORED = "shokureki.token";

/** The token is forgotten with the tab. */
let token = sessionStorage.getItem(STORED);

/** The other tabs of this browser. */
const tabs = new BroadcastChannel("shokureki.session");

// Whoever signs out leaves the machine, not the tab. Who is about to sign in stays.
tabs.onmessage = () => {
  if (token !== null) forget();
};

/** @type {Caller | null} */
let viewer = null;

let isEnded = false;

/** Asks on behalf of the viewer, and notices when a token that was good is so no longer. */
class Session extends Client {
  /** @type {Client["request"]} */
  async request(operation, variables, options) {
    try {
      return await super.request(operation, variables, options);
    } catch (error) {
      if (error instanceof RequestError && error.code === "UNAUTHENTICATED" && viewer !== null) {
        ended();
      }
      throw error;
    }
  }
}

export const client = new Session("/graphql", () => token, locale);

export const live = new Live(() => token);

/** Tells that the server lets the viewer in no more. */
export function ended() {
  isEnded = token !== null;
  dispatchEvent(new Event("shokureki-signed-out"));
}

/** Returns whether the last token ended while it was used: expired or revoked. */
export function wasEnded() {
  return isEnded;
}

/** Returns who asks, where it is known. */
export function currentViewer() {
  return viewer;
}

/**
 * Returns whether the viewer may do what `scope` allows.
 * @param {Caller["scopes"][number]} scope
 */
export function may(scope) {
  return viewer !== null && viewer.scopes.includes(scope);
}

/**
 * Asks the server who this is.
 * @throws {import("./graphql.js").RequestError} `UNAUTHENTICATED` where a token is needed and this is none
 */
export async function recognize() {
  viewer = null;
  ({ viewer } = await client.request(Viewer, {}));
  return viewer;
}

/**
 * Signs in with a token, and keeps it while the tab is open.
 * @param {string} with_
 */
export async function signIn(with_) {
  const before = token;
  token = with_.trim();
  try {
    await recognize();
    sessionStorage.setItem(STORED, token);
    isEnded = false;
  } catch (error) {
    token = before;
    throw error;
  }
}

/** Forgets a token that ended. */
export function drop() {
  token = null;
  viewer = null;
  sessionStorage.removeItem(STORED);
}

/** Signs out, in every tab. */
export function signOut() {
  tabs.postMessage("signed out");
  forget();
}

/** Leaves nothing of the session in the tab: what was searched for, who was chosen, what modules hold in memory. */
function forget() {
  drop();
  for (const name of Object.keys(sessionStorage)) if (name.startsWith("shokureki.")) sessionStorage.removeItem(name);
  // What is on the screen goes at once, with what would ask whether to leave.
  document.body.replaceChildren();
  location.replace("/sign-in");
}
