// What the back end asks of shokureki, with the token that no browser ever sees.

import { readFileSync } from "node:fs";

/** Where shokureki answers: the address that browsers reach it by, too. */
export const shokurekiUrl = new URL(process.env.SHOKUREKI_URL ?? "http://127.0.0.1:8080");

/**
 * The token of this application. A file is read at each use, so that a token can be exchanged for another
 * while the application runs.
 */
function token() {
  const file = process.env.SHOKUREKI_TOKEN_FILE;
  const token = file ? readFileSync(file, "utf8").trim() : process.env.SHOKUREKI_TOKEN;
  if (!token) throw new Error("SHOKUREKI_TOKEN or SHOKUREKI_TOKEN_FILE is not set");
  return token;
}

/** Runs a request; throws where it has no answer. What is thrown never holds the token. */
async function ask(query, variables) {
  const response = await fetch(new URL("/graphql", shokurekiUrl), {
    method: "POST",
    headers: { authorization: `Bearer ${token()}`, "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(30_000),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`shokureki: ${errors[0].extensions?.code}: ${errors[0].message}`);
  return data;
}

function orThrow(payload) {
  const [error] = payload.userErrors;
  if (error) throw new Error(`shokureki: ${error.code}: ${error.message}`);
  return payload;
}

/** Hands a résumé over; the same bytes again change nothing. */
export async function importResume({ externalId, fileName, bytes }) {
  const { importResume } = await ask(
    `mutation Import($input: ImportResumeInput!) {
      importResume(input: $input) { unchanged userErrors { code message } }
    }`,
    { input: { externalId, fileName, base64: bytes.toString("base64") } },
  );
  return orThrow(importResume);
}

/**
 * Makes a token that a page of `origin` may search with for a quarter of an hour.
 * @returns {Promise<{ token: string, expiresAt: string }>}
 */
export async function createEmbedToken({ origin, user }) {
  const { createEmbedToken } = await ask(
    `mutation Embed($input: CreateEmbedTokenInput!) {
      createEmbedToken(input: $input) { token expiresAt userErrors { code message } }
    }`,
    // Leave IDENTITY out, and the page shows pseudonyms instead of names.
    { input: { scopes: ["SEARCH", "IDENTITY"], allowedOrigin: origin, user } },
  );
  const { token, expiresAt } = orThrow(createEmbedToken);
  return { token, expiresAt };
}
