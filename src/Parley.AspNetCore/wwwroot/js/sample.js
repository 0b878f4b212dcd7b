import { address } from './address.js';
import { ApiError, endStream, openStream, sendChunks } from './api.js';
import { problemIn } from './notices.js';

const MOST_AT_ONCE = 50;

/** @typedef {{start: number, end: number, text: string, speaker_id?: string, sequence: number}} Chunk */

/** A recorded stand-up of three people, sent as a recogniser would send it. */
export class SamplePlayer {
  #at = 0;
  #startedAt = performance.now();
  #isStopped = false;
  /** @type {(() => void)|null} */ #wake = null;
  /** @type {Chunk[]} */ #chunks = [];
  #sent = 0;
  problem = '';
  isDone = false;

  /** @param {string} streamId @param {Chunk[]} chunks @param {number} speed */
  constructor(streamId, chunks, speed) {
    this.streamId = streamId;
    this.#chunks = chunks;
    this.speed = speed;
  }

  get label() {
    return this.isDone ? 'The sample has ended' : 'Playing the sample';
  }

  /** How much of it was sent. */
  get share() {
    return `${Math.round((this.#sent / this.#chunks.length) * 100)} %`;
  }

  /** @param {number} speed Times real time. */
  setSpeed(speed) {
    this.#at = this.#now();
    this.#startedAt = performance.now();
    this.speed = speed;
    this.#wake?.();
  }

  stop() {
    this.#isStopped = true;
    this.#wake?.();
  }

  /** @param {() => void} onChange */
  async run(onChange) {
    while (this.#sent < this.#chunks.length && !this.#isStopped) {
      const due = this.#due();
      if (due.length === 0) await this.#pause(((this.#chunks[this.#sent].end - this.#now()) / this.speed) * 1000);
      else await this.#send(due);
      onChange();
    }
    await this.#end();
    this.isDone = true;
    onChange();
  }

  // In their order, although of two who talk at once the later may end first.
  #due() {
    const waiting = this.#chunks.slice(this.#sent, this.#sent + MOST_AT_ONCE);
    const future = waiting.findIndex((chunk) => chunk.end > this.#now());
    return future < 0 ? waiting : waiting.slice(0, future);
  }

  #now() {
    return this.#at + ((performance.now() - this.#startedAt) / 1000) * this.speed;
  }

  /** @param {Chunk[]} due */
  async #send(due) {
    try {
      await sendChunks(this.streamId, due);
      this.#sent += due.length;
      this.problem = '';
    } catch (error) {
      if (!isPassing(error)) return this.#giveUp(error);
      // The same numbers again: what had arrived is not taken twice.
      this.problem = problemIn(error);
      await this.#pause((error.retryAfter ?? 1) * 1000);
    }
  }

  async #end() {
    try {
      await endStream(this.streamId);
    } catch (error) {
      this.#giveUp(error);
    }
  }

  /** @param {unknown} error */
  #giveUp(error) {
    this.problem = problemIn(error);
    this.#isStopped = true;
  }

  /** @param {number} ms */
  #pause(ms) {
    return new Promise((resolve) => {
      const timer = window.setTimeout(done, Math.max(10, ms));
      const wake = (this.#wake = done);
      function done() {
        window.clearTimeout(timer);
        resolve(wake);
      }
    });
  }
}

/** @param {unknown} error @returns {error is ApiError} */
function isPassing(error) {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
}

/** Opens a conversation for the sample. @param {number} speed */
export async function openSample(speed) {
  const response = await fetch(address('sample.jsonl'));
  if (!response.ok) throw new ApiError('The sample is not on this server.', response.status);
  const lines = (await response.text()).trim().split('\n');
  return new SamplePlayer(await openStream(), lines.map((line, i) => ({ ...JSON.parse(line), sequence: i + 1 })), speed);
}
