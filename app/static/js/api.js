// @ts-check
/** The server's endpoints: JSON in and out, and streams of server-sent events read from the body of a POST. */

import { DEFAULT, facilitator, state, token } from "./state.js";

/** @typedef {import("./types").Fault} Fault */

/** Names this page to the server, which serves pages in turn. */
export const PAGE = crypto.getRandomValues(new Uint32Array(4)).join("-");
/** @type {Record<string, string>} */
const SECRET = token ? { "X-Xinzhi-Token": token, ...(facilitator && { "X-Xinzhi-Facilitator": facilitator }) } : {};
/** Whether this page may open a round: where others reach the server, only that of the facilitator. */
export const mayOpenRounds = !token || facilitator !== "";
const JSON_BODY = { "Content-Type": "application/json" };

/** @param {unknown} value @returns {value is Fault} */
export const isFault = (value) => typeof value === "object" && value !== null && "status" in value && "message" in value;

/** @param {Response} response @returns {Promise<Fault>} */
async function faultOf(response) {
  const wait = Number(response.headers.get("Retry-After")) || 0;
  /** @type {Record<string, any>} */
  let said = {};
  try { said = await response.json(); } catch { /* no JSON: the number has to do */ }
  const message = String(said.message ?? said.detail ?? `${response.status} ${response.statusText}`);
  return { status: response.status, message, key: said.key ?? null, nearest: said.nearest ?? null, wait };
}

/**
 * A request; a fault is thrown as {status, message, ...}, with status 0 where no server answers.
 * @param {string} path @param {RequestInit & {headers?: Record<string, string>}} [how] @returns {Promise<Response>}
 */
async function ask(path, how = {}) {
  let response;
  try { response = await fetch(path, { cache: "no-cache", ...how, headers: { "Accept-Language": state.value.language, ...how.headers, ...SECRET } }); }
  catch (error) {
    if (how.signal?.aborted) throw error;
    throw /** @type {Fault} */ ({ status: 0, message: "" });
  }
  if (!response.ok) throw await faultOf(response);
  return response;
}

/** @param {string} path @param {unknown} body @param {AbortSignal} [signal] */
const post = (path, body, signal) =>
  ask(path, { method: "POST", headers: JSON_BODY, body: JSON.stringify(body), signal });

/** @param {string} language @param {string} economy @returns {Promise<import("./types").Catalogue>} */
export const catalogueIn = async (language, economy) =>
  (await ask(`/api/catalogue?language=${language}${economy === DEFAULT.economy ? "" : `&economy=${economy}`}`)).json();

/** @returns {Promise<{ready: boolean, state: string}>} */
export const health = async () => (await ask("/api/health")).json();

/** @param {unknown} body @param {AbortSignal} [signal] @returns {Promise<import("./types").Check>} */
export const check = async (body, signal) => (await post("/api/check", body, signal)).json();

/**
 * The scenarios of the folder that the server was given; null where it has none.
 * @returns {Promise<import("./types").Entry[] | null>}
 */
export async function ownLibrary() {
  const found = await (await ask("/api/library")).json();
  return found.writable ? found.library : null;
}

/** What the server says of something.
 * @param {string} path */
export const look = async (path) => (await ask(path)).json();
/** @param {string} path @param {unknown} body */
export const send = async (path, body) => (await post(path, body)).json();

/** @param {string} name @param {unknown} body */
export const keepInLibrary = (name, body) =>
  ask(`/api/library/${name}`, { method: "PUT", headers: JSON_BODY, body: JSON.stringify(body) });

/** A file that the server writes.
 * @param {unknown} body */
export async function report(body) {
  const response = await post("/api/report", body);
  const name = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  return { name, file: await response.blob() };
}

/**
 * The events of a stream, until it ends or ``signal`` stops it.
 * @param {string} path @param {unknown} body @param {AbortSignal} signal
 * @returns {AsyncGenerator<{event: string, data: any}>}
 */
export async function* events(path, body, signal) {
  const response = await post(path, body, signal);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    let part;
    try { part = await reader.read(); }
    catch (error) {
      if (signal.aborted) throw error;
      throw /** @type {Fault} */ ({ status: 0, message: "" });
    }
    if (part.done) return;
    rest += decoder.decode(part.value, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const found = eventOf(block);
      if (found) yield found;
    }
  }
}

/** @param {string} block */
function eventOf(block) {
  let event = "message";
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  return data.length ? { event, data: JSON.parse(data.join("\n")) } : null;
}
