import { ApiError, metrics } from './api.js';

/** @typedef {{name: string, labels: Record<string, string>, value: number}} Sample */
/**
 * One look at the server's figures. Null where it has none of a kind.
 * @typedef {{at: number, streams: number|null, inMemory: number|null, connections: number|null, chunks: number|null, latency: Bucket[], partial: Bucket[],
 *   queues: Record<string, number>, dropped: number|null, llmCalls: number|null, partialsDropped: number|null}} Reading
 * @typedef {{le: number, count: number}} Bucket
 */

/** Reads the exposition format. @param {string} text @returns {Sample[]} */
export function parseExposition(text) {
  const samples = [];
  for (const line of text.split('\n')) {
    const found = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/.exec(line);
    if (!found) continue;
    const labels = Object.fromEntries([...(found[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value]));
    samples.push({ name: found[1], labels, value: found[3] === '+Inf' ? Infinity : Number(found[3]) });
  }
  return samples;
}

/** @param {Sample[]} samples @param {number} at @returns {Reading} */
export function reading(samples, at) {
  const of = (/** @type {RegExp} */ name) => samples.filter((sample) => name.test(sample.name));
  const sum = (/** @type {RegExp} */ name) => {
    const found = of(name);
    return found.length ? found.reduce((total, { value }) => total + value, 0) : null;
  };
  /** @type {Record<string, number>} */
  const queues = {};
  for (const { labels, value } of of(/^parley_work_queue_depth(_items?)?$/)) queues[labels.workflow ?? labels.parley_workflow ?? 'all'] = value;
  return {
    at,
    streams: sum(/^parley_streams_open(_streams?)?$/),
    inMemory: sum(/^parley_streams_active(_streams?)?$/),
    connections: sum(/^parley_connections(_connections?)?$/),
    chunks: sum(/^parley_chunks(_chunks?)?_total$/),
    latency: buckets(of(/^parley_chunk_latency(_seconds)?_bucket$/)),
    partial: buckets(of(/^parley_partial_latency(_seconds)?_bucket$/)),
    queues,
    dropped: sum(/^parley_work_dropped(_items?)?_total$/),
    llmCalls: sum(/^parley_llm_calls(_calls?)?_total$/),
    partialsDropped: sum(/^parley_partials_dropped(_events?)?_total$/),
  };
}

/** @param {Sample[]} samples @returns {Bucket[]} */
function buckets(samples) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const { labels, value } of samples) {
    const le = labels.le === '+Inf' ? Infinity : Number(labels.le);
    counts.set(le, (counts.get(le) ?? 0) + value);
  }
  return [...counts].map(([le, count]) => ({ le, count })).sort((a, b) => a.le - b.le);
}

/**
 * A percentile of what came between two readings, in seconds; null where nothing came. As exact as the buckets are.
 * @param {Bucket[]} before @param {Bucket[]} after @param {number} share From 0 to 1.
 */
export function percentile(before, after, share) {
  const grown = after.map(({ le, count }, i) => ({ le, count: count - (before[i]?.le === le ? before[i].count : 0) }));
  const total = grown.at(-1)?.count ?? 0;
  if (total <= 0) return null;
  const wanted = total * share;
  let [lower, below] = [0, 0];
  for (const { le, count } of grown) {
    if (count >= wanted) return le === Infinity ? lower : lower + ((le - lower) * (wanted - below)) / Math.max(1, count - below);
    [lower, below] = [le, count];
  }
  return lower;
}

/** Answers after which asking again makes no sense. @type {Record<number, string>} */
const WITHOUT = {
  401: 'The server’s figures are not for everybody.',
  403: 'The server’s figures are not for everybody.',
  404: 'This server does not publish its figures.',
};

const EVERY = 2_000;
const KEPT = 60;

/** The last two minutes of the server's figures, read as long as somebody looks. */
class Meter {
  /** @type {Reading[]} */ readings = [];
  /** @type {Set<(meter: Meter) => void>} */ #watchers = new Set();
  /** @type {number|undefined} */ #timer;
  #isRefused = false;
  problem = '';

  constructor() {
    document.addEventListener('parley:key', () => this.#watchers.size && this.#read());
  }

  /** @param {(meter: Meter) => void} watcher @returns {() => void} Stops watching. */
  watch(watcher) {
    this.#watchers.add(watcher);
    if (this.#watchers.size === 1) this.#read();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) window.clearTimeout(this.#timer);
    };
  }

  async #read() {
    if (!document.hidden) {
      try {
        this.readings.push(reading(parseExposition(await metrics()), Date.now()));
        if (this.readings.length > KEPT) this.readings.shift();
        this.problem = '';
      } catch (error) {
        const status = error instanceof ApiError ? error.status : 0;
        this.problem = WITHOUT[status] ?? 'The server’s figures cannot be read now.';
        this.#isRefused = status in WITHOUT;
      }
      for (const watcher of this.#watchers) watcher(this);
    }
    window.clearTimeout(this.#timer);
    if (this.#watchers.size && !this.#isRefused) this.#timer = window.setTimeout(() => this.#read(), EVERY);
  }
}

export const meter = new Meter();
