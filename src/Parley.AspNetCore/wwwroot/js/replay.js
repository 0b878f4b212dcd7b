import { TranscriptProjection } from './projection.js';

/** @typedef {import('./projection.js').Envelope} Envelope */

/** The log of a conversation as far as it is here: every fact, and the moment of the conversation at which it came. */
export class Log {
  /** @type {Envelope[]} */ facts = [];
  /** @type {number[]} Seconds of audio time; never falls. */ moments = [];

  /** @param {Envelope} fact */
  add(fact) {
    const before = this.moments.at(-1) ?? 0;
    this.facts.push(fact);
    this.moments.push(Math.max(before, fact.ts_audio_end ?? before));
  }

  get duration() {
    return this.moments.at(-1) ?? 0;
  }

  /** How many facts had come by then. @param {number} moment */
  countAt(moment) {
    let [from, to] = [0, this.moments.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.moments[middle] <= moment) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** Plays a log again, from any moment, at any speed. */
export class Replay {
  #count = 0;
  #frame = 0;
  moment = 0;
  speed = 1;
  view = new TranscriptProjection();

  /** @param {Log} log @param {() => void} onChange */
  constructor(log, onChange) {
    this.log = log;
    this.onChange = onChange;
  }

  get isPlaying() {
    return this.#frame !== 0;
  }

  /** Shows the conversation as it was then. @param {number} moment Seconds of audio time. */
  seek(moment) {
    this.moment = Math.min(Math.max(moment, 0), this.log.duration);
    const count = this.log.countAt(this.moment);
    if (count < this.#count) {
      this.view = new TranscriptProjection();
      this.#count = 0;
    }
    for (; this.#count < count; this.#count++) this.view.apply(this.log.facts[this.#count]);
    this.onChange();
  }

  play() {
    if (this.isPlaying) return;
    if (this.moment >= this.log.duration) this.seek(0);
    let last = performance.now();
    const step = (/** @type {number} */ now) => {
      this.#frame = requestAnimationFrame(step);
      const next = this.moment + (Math.max(0, now - last) / 1000) * this.speed;
      last = now;
      this.seek(next);
      if (this.moment >= this.log.duration) this.pause();
    };
    this.#frame = requestAnimationFrame(step);
    this.onChange();
  }

  pause() {
    if (!this.isPlaying) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.onChange();
  }
}
