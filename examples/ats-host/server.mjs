// An applicant tracking system, as small as one can be, that shows the search of shokureki inside its page.
//
// SHOKUREKI_URL    where shokureki answers (http://127.0.0.1:8080)
// SHOKUREKI_TOKEN  this application's token, or SHOKUREKI_TOKEN_FILE, a file that holds it
// PORT             where this listens (3000)
// ORIGIN           the origin of its pages, as browsers write it (http://localhost:PORT)

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { applicantsPage, signInPage } from "./pages.mjs";
import { begin, end, userOf, users } from "./sessions.mjs";
import { createEmbedToken, importResume, shokurekiUrl } from "./shokureki.mjs";

const here = import.meta.dirname;
const port = Number(process.env.PORT ?? 3000);
const origin = new URL(process.env.ORIGIN ?? `http://localhost:${port}`).origin;
const isSecure = origin.startsWith("https:");
const applicants = JSON.parse(readFileSync(join(here, "applicants.json"), "utf8"));

// What shokureki needs are its origin in script-src (the module) and in connect-src (its questions). Its
// styles are no inline styles, and it needs no frame, no image and no 'unsafe-…'.
const policy = [
  "default-src 'self'",
  `script-src 'self' ${shokurekiUrl.origin}`,
  `connect-src 'self' ${shokurekiUrl.origin}`,
  "style-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const headers = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  // Not `no-referrer`: with that, browsers send `Origin: null` with this application's own forms.
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
};

const files = { "/app.css": "text/css; charset=utf-8", "/app.js": "text/javascript; charset=utf-8" };

function answer(response, status, type, body, more = {}) {
  response.writeHead(status, { ...headers, "content-type": type, ...more });
  response.end(body);
}

const html = (response, body) => answer(response, 200, "text/html; charset=utf-8", body);
const json = (response, status, value) => answer(response, status, "application/json", JSON.stringify(value));
const goHome = (response, cookie) => answer(response, 303, "text/plain", "", { location: "/", "set-cookie": cookie });

/** Whether a POST comes from a page of this application: browsers say so, and no page can say it for them. */
function isOwn(request) {
  return request.headers.origin === origin;
}

async function formOf(request) {
  let text = "";
  for await (const part of request) {
    text += part;
    if (text.length > 10_000) throw new Error("the form is too large");
  }
  return new URLSearchParams(text);
}

async function handle(request, response) {
  const { pathname } = new URL(request.url, origin);
  const user = userOf(request);
  if (request.method === "POST") {
    if (!isOwn(request)) return json(response, 403, { error: "of another site" });
    if (pathname === "/sign-in") {
      const id = (await formOf(request)).get("user");
      const chosen = users.find((user) => user.id === id);
      return chosen ? goHome(response, begin(chosen, isSecure)) : json(response, 400, { error: "no such user" });
    }
    if (pathname === "/sign-out") return goHome(response, end(request, isSecure));
    if (pathname === "/token") {
      if (!user) return json(response, 401, { error: "not signed in" });
      return json(response, 200, await createEmbedToken({ origin, user: user.id }));
    }
  }
  if (request.method === "GET") {
    if (pathname === "/") {
      return html(response, user ? applicantsPage({ user, applicants, shokureki: shokurekiUrl.origin }) : signInPage(users));
    }
    if (pathname in files) return answer(response, 200, files[pathname], readFileSync(join(here, "public", pathname)));
    if (pathname.startsWith("/applicants/") && user) {
      const id = decodeURIComponent(pathname.slice("/applicants/".length));
      const found = applicants.find((applicant) => applicant.id === id);
      if (!found) return json(response, 404, { error: "no such applicant" });
      const { resume: _, ...record } = found;
      return json(response, 200, record);
    }
  }
  json(response, 404, { error: "not found" });
}

const server = createServer((request, response) => {
  handle(request, response).catch((error) => {
    console.error(error.message);
    if (!response.headersSent) json(response, 502, { error: "it does not work now" });
  });
});

// What an applicant sent in is handed over under the applicant's number, which comes back with each result.
const resumes = join(here, "../../samples");
for (const { id, resume } of applicants) {
  await importResume({ externalId: id, fileName: resume, bytes: readFileSync(join(resumes, resume)) });
}
server.listen(port, "127.0.0.1", () => console.log(`${origin} (shokureki at ${shokurekiUrl.origin})`));
