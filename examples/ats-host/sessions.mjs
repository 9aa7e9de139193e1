// Who is signed in. A toy: users choose who they are, and sessions end with the process.

import { randomBytes } from "node:crypto";

/** `id` goes into shokureki's audit log, which keeps it for ever: a pseudonym, no name and no address. */
export const users = [
  { id: "recruiter-17", name: "佐藤" },
  { id: "recruiter-23", name: "鈴木" },
];

const NAME = "ats_session";

/** @type {Map<string, { user: { id: string, name: string } }>} */
const sessions = new Map();

/** Begins a session and returns the cookie for it. */
export function begin(user, isSecure) {
  const id = randomBytes(32).toString("base64url");
  sessions.set(id, { user });
  return cookie(id, isSecure);
}

/** Ends the session of a request and returns the cookie that takes its own away. */
export function end(request, isSecure) {
  sessions.delete(idOf(request));
  return `${cookie("", isSecure)}; Max-Age=0`;
}

/** Returns the user whose session a request belongs to. */
export function userOf(request) {
  return sessions.get(idOf(request))?.user ?? null;
}

function idOf(request) {
  const cookies = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  return cookies.find(([name]) => name === NAME)?.[1] ?? "";
}

// No script reads it, and no page of another site has it sent.
function cookie(value, isSecure) {
  return `${NAME}=${value}; Path=/; HttpOnly; SameSite=Strict${isSecure ? "; Secure" : ""}`;
}
