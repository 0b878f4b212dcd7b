import { address } from './address.js';
import { askBecauseRefused, key } from './auth.js';

/** A call that did not work, in words for people. */
export class ApiError extends Error {
  /** @param {string} message @param {number} status @param {string} [code] @param {number} [retryAfter] Seconds. @param {any} [problem] */
  constructor(message, status, code, retryAfter, problem) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
    this.problem = problem;
  }
}

/**
 * Calls the server. Asks for a key where it wants one, and then tries again.
 * @param {string} path @param {RequestInit} [options] @returns {Promise<Response>}
 */
export async function call(path, options = {}) {
  const headers = new Headers(options.headers);
  const used = key();
  if (used) headers.set('Authorization', `Bearer ${used}`);
  let response;
  try {
    response = await fetch(address(path), { ...options, headers });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError('The server cannot be reached.', 0, 'UNREACHABLE');
  }
  if (response.ok) return response;
  // Another call may have been given a key meanwhile.
  if (response.status === 401 && (used !== key() || (await askBecauseRefused()))) return call(path, options);
  throw await problem(response);
}

/** @param {Response} response */
async function problem(response) {
  /** @type {any} */
  let body = {};
  if (response.headers.get('Content-Type')?.includes('json')) body = await response.json().catch(() => ({}));
  const words = body.detail ?? body.title ?? (response.status === 404 ? 'There is nothing here.' : `The server answered ${response.status}.`);
  return new ApiError(words, response.status, body.code, Number(response.headers.get('Retry-After')) || undefined, body);
}

/** @param {string} path @param {RequestInit} [options] */
async function json(path, options) {
  return (await call(path, options)).json();
}

/** @param {string} method @param {any} body @returns {RequestInit} */
function sending(method, body) {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** Where a stream's calls are. @param {string} id */
export const at = (id) => `v1/streams/${encodeURIComponent(id)}`;

/** The newest streams. @param {number} limit From 1 to 200. @returns {Promise<{streams: any[], before?: string}>} */
export function listStreams(limit) {
  return json(`v1/streams?limit=${limit}`);
}

/** @returns {Promise<string>} The new stream's id. */
export async function openStream(settings = {}) {
  return (await json('v1/streams', sending('POST', settings))).stream_id;
}

/** @param {string} id @returns {Promise<any>} */
export function streamDetail(id) {
  return json(at(id));
}

/** @param {string} id @param {any[]} chunks With their sequences. @returns {Promise<any>} */
export function sendChunks(id, chunks) {
  return json(`${at(id)}/chunks`, sending('POST', chunks));
}

/** @param {string} id */
export function endStream(id) {
  return call(`${at(id)}/end`, { method: 'POST' });
}

/** @param {string} id @returns {Promise<any>} */
export function context(id) {
  return json(`${at(id)}/context`);
}

/** @param {string} id @param {string} speaker @param {string} name */
export function nameSpeaker(id, speaker, name) {
  return call(`${at(id)}/speakers/${encodeURIComponent(speaker)}`, sending('PUT', { name }));
}

/** @param {string} id @param {string} format */
export function transcriptAddress(id, format) {
  return address(`${at(id)}/transcript?format=${format}`).href;
}

/** What came after an event; of a stream that has ended. @param {string} id @param {number} after @returns {Promise<any[]>} Envelopes. */
export async function eventsAfter(id, after) {
  const text = await (await call(`${at(id)}/events?after=${after}`)).text();
  return text.split('\n').filter((line) => line.startsWith('data: {')).map((line) => JSON.parse(line.slice(6)));
}

/** @returns {Promise<string>} Figures in the exposition format. */
export async function metrics() {
  return (await call('metrics')).text();
}

/** Has a summary that a model did not write tried again. @param {string} id @param {{kind: string, from_event_id: number, to_event_id: number}} failure */
export function retrySummary(id, { kind, from_event_id: from, to_event_id: to }) {
  return call('v1/dead-letters/redrive', sending('POST', { stream_id: id, segment_id: `summary-${kind}-${from}-${to}` }));
}
