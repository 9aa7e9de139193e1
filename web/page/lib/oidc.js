// @ts-check
// Signing in at an identity provider: authorization code with PKCE (RFC 7636), as /sign-in.json tells of it.

/** @typedef {{ issuer: string, clientId: string, scope: string, audience: string }} Provider */

const STORED = "shokureki.oidc";

/** Returns the provider that the server trusts; null where there is none, or this page may not use it. */
export async function provider() {
  // Browsers give digests to pages that nobody on the way can change only.
  if (!crypto.subtle) return null;
  const response = await fetch("/sign-in.json", { credentials: "omit" }).catch(() => null);
  if (!response?.ok) return null;
  return /** @type {{ oidc: Provider | null }} */ (await response.json()).oidc;
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function secret() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** The address that the provider leads back to. */
function here() {
  return `${location.origin}/sign-in`;
}

/**
 * Leaves for the provider, to come back to the sign-in and from there to `next`.
 * @param {Provider} provider
 * @param {string} next
 */
export async function leaveFor({ issuer, clientId, scope, audience }, next) {
  const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, { credentials: "omit" });
  const told = await response.json();
  // Whoever answers in the name of another is not asked to sign anybody in.
  if (told.issuer !== issuer) throw new Error("the issuer is another");
  const state = secret();
  const verifier = secret();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  sessionStorage.setItem(STORED, JSON.stringify({ state, verifier, next, clientId, issuer, endpoint: told.token_endpoint }));
  const url = new URL(told.authorization_endpoint);
  const parameters = { response_type: "code", client_id: clientId, redirect_uri: here(), scope, audience, state, code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: "S256" };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
}

/**
 * Takes what the provider sent back for a token, once.
 * @param {URL} url
 * @returns {Promise<{ token: string, next: string }>}
 */
export async function comeBack(url) {
  const { state, verifier, next, clientId, issuer, endpoint } = JSON.parse(sessionStorage.getItem(STORED) ?? "{}");
  sessionStorage.removeItem(STORED);
  const code = url.searchParams.get("code");
  // An answer that nobody here asked for may be a stranger's, to have us act in their name (RFC 9700).
  if (!code || !state || url.searchParams.get("state") !== state) throw new Error("no answer to a question of ours");
  if ((url.searchParams.get("iss") ?? issuer) !== issuer) throw new Error("an answer of another issuer");
  const response = await fetch(endpoint, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: here(), client_id: clientId, code_verifier: verifier }),
    credentials: "omit",
  });
  if (!response.ok) throw new Error("the code is not taken");
  return { token: (await response.json()).access_token, next };
}
