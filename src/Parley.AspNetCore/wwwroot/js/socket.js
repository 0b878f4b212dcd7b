import { address } from './address.js';
import { ApiError, eventsAfter, streamDetail } from './api.js';
import { subprotocols } from './auth.js';
import { problemIn } from './notices.js';
import { isFact } from './projection.js';

/** @typedef {import('./projection.js').Envelope} Envelope */
/**
 * connecting: first try; live: facts come as they are made; waiting: lost, tries again at `retryAt`; ended: the conversation is over, late results are asked for;
 * refused: will not work, `reason` says why; closed: by us.
 * @typedef {{name: 'connecting'|'live'|'waiting'|'ended'|'refused'|'closed', retryAt?: number, reason?: string, code?: string}} State
 */

const PING_EVERY = 5_000;
const SILENT_FOR = 15_000;
const LONGEST_WAIT = 10_000;
const FIRST_VISIT = 1_000;
const LAST_VISIT = 30_000;

/** One conversation's socket: comes back by itself after the last fact it got, so that none is missed and none comes twice. */
export class StreamConnection {
  /** @type {WebSocket|null} */ #socket = null;
  #lastEventId = 0;
  #tries = 0;
  #heardAt = 0;
  /** @type {number|undefined} */ #retry;
  /** @type {number|undefined} */ #pulse;
  /** @type {State} */ state = { name: 'connecting' };
  /** Milliseconds the server's clock is ahead of ours, and a message there and back. */
  clock = { ahead: 0, roundTrip: Infinity };

  /**
   * @param {string} streamId
   * @param {{onEnvelope: (envelope: Envelope) => void, onState: (state: State) => void}} listener
   */
  constructor(streamId, listener) {
    this.streamId = streamId;
    this.listener = listener;
    this.#pulse = window.setInterval(() => this.#beat(), PING_EVERY);
    this.reconnect = this.reconnect.bind(this);
    window.addEventListener('online', this.reconnect);
  }

  open() {
    window.clearTimeout(this.#retry);
    if (this.#socket || this.state.name === 'closed') return;
    if (this.state.name !== 'waiting') this.#become({ name: 'connecting' });
    const server = address('stream');
    server.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    let socket;
    try {
      socket = new WebSocket(server, subprotocols());
    } catch {
      this.#become({ name: 'refused', code: 'UNAUTHORIZED', reason: 'The key has letters that a browser cannot send.' });
      return;
    }
    this.#socket = socket;
    this.#heardAt = Date.now();
    let isOpen = false;
    socket.onopen = () => {
      isOpen = true;
      this.send({ type: 'RESUME_SESSION', stream_id: this.streamId, last_event_id: this.#lastEventId });
      this.#ping();
    };
    socket.onmessage = (event) => socket === this.#socket && this.#hear(JSON.parse(event.data));
    socket.onclose = () => socket === this.#socket && (isOpen ? this.#lost() : this.#ask());
  }

  /** Tries again at once. */
  reconnect() {
    if (this.state.name === 'waiting' || this.state.name === 'refused') {
      this.state = { name: 'waiting' };
      this.open();
    }
  }

  /** @param {any} message @returns {boolean} Whether it could be handed over. */
  send(message) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  close() {
    window.clearInterval(this.#pulse);
    window.clearTimeout(this.#retry);
    window.removeEventListener('online', this.reconnect);
    this.#drop();
    this.#become({ name: 'closed' });
  }

  /** @param {Envelope} envelope */
  #hear(envelope) {
    this.#heardAt = Date.now();
    if (envelope.type === 'PONG') return this.#pong(envelope.payload);
    if (envelope.type === 'ERROR') return this.#error(envelope);
    if (envelope.type === 'SESSION_RESUMED') {
      this.#tries = 0;
      this.#become({ name: 'live' });
    }
    if (isFact(envelope)) {
      if (envelope.event_id <= this.#lastEventId) return;
      // A hole can only be a fault; reading again from the last whole place mends it.
      if (envelope.event_id > this.#lastEventId + 1) {
        this.#drop();
        return this.#lost();
      }
      this.#lastEventId = envelope.event_id;
    }
    this.listener.onEnvelope(envelope);
    if (envelope.type !== 'SESSION_ENDED') return;
    this.#become({ name: 'ended' });
    this.#visit(FIRST_VISIT);
  }

  /** Work that was late, or is tried again, is added behind the end. @param {number} wait */
  #visit(wait) {
    this.#retry = window.setTimeout(async () => {
      /** @type {Envelope[]} */
      let late = [];
      try {
        if (!document.hidden) late = await eventsAfter(this.streamId, this.#lastEventId);
      } catch (error) {
        // A server that is away may be back at the next visit; one that says no has nothing more to tell.
        if (error instanceof ApiError && REFUSALS.has(error.code ?? '')) return this.#become({ name: 'refused', code: error.code, reason: error.message });
      }
      if (this.state.name !== 'ended') return;
      late.forEach((envelope) => this.#hear(envelope));
      this.#visit(late.length > 0 ? FIRST_VISIT : Math.min(wait * 2, LAST_VISIT));
    }, wait);
  }

  /** @param {Envelope} envelope */
  #error(envelope) {
    const { code, message, recoverable } = envelope.payload;
    if (REFUSALS.has(code)) {
      this.#drop();
      this.#become({ name: 'refused', code, reason: message });
    } else if (recoverable) this.listener.onEnvelope(envelope);
    // Of all else the server closes, and we come back: it restarts, or we read too slowly.
  }

  /** A browser does not say why a socket did not open. The same question over HTTP is answered. */
  async #ask() {
    this.#socket = null;
    this.#become({ name: 'waiting', retryAt: Date.now() });
    try {
      await streamDetail(this.streamId);
    } catch (error) {
      const code = error instanceof ApiError ? error.code ?? '' : '';
      if (REFUSALS.has(code)) return this.#become({ name: 'refused', code, reason: problemIn(error) });
    }
    this.#lost();
  }

  #lost() {
    this.#socket = null;
    if (this.state.name === 'ended' || this.state.name === 'refused' || this.state.name === 'closed') return;
    // Everybody comes back after a restart: not all at the same moment.
    const wait = Math.min(LONGEST_WAIT, 250 * 2 ** this.#tries++) * (0.5 + Math.random() / 2);
    this.#become({ name: 'waiting', retryAt: Date.now() + wait });
    this.#retry = window.setTimeout(() => this.open(), wait);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #beat() {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    if (Date.now() - this.#heardAt > SILENT_FOR) {
      this.#drop();
      this.#lost();
    } else this.#ping();
  }

  #ping() {
    this.send({ type: 'PING', timestamp: Date.now() });
  }

  /** @param {{server_timestamp: number, timestamp?: number}} pong */
  #pong(pong) {
    if (pong.timestamp === undefined) return;
    const roundTrip = Date.now() - pong.timestamp;
    // The quickest answer tells the clocks apart best.
    if (roundTrip <= this.clock.roundTrip) this.clock = { ahead: pong.server_timestamp - (pong.timestamp + roundTrip / 2), roundTrip };
  }

  /** @param {State} state */
  #become(state) {
    if (this.state.name === 'closed') return;
    this.state = state;
    this.listener.onState(state);
  }
}

// Where a session could not be had at all, the connection stays but there is nothing to wait for.
const REFUSALS = new Set(['STREAM_NOT_FOUND', 'STREAM_ERASED', 'UNAUTHORIZED']);
