import { Sparkline } from './charts.js';
import { h } from './dom.js';
import { clock, latency, number } from './format.js';
import { meter, percentile } from './metrics.js';

const DELAYS = 60;

/** Figures of this conversation, and of the server as it works. */
export class FiguresPanel {
  #own = h('dl.figures');
  #delay = new Sparkline('Delay to this page', 'From the server’s saying it to its showing here', latency);
  #charts = new ServerCharts();
  /** @type {(number|null)[]} */ #delays = [];
  /** @type {(() => void)|null} */ #unwatch = null;

  constructor() {
    this.element = h('div.panel', {}, h('h3', {}, 'This conversation'), this.#own, this.#delay.element,
      h('h3', {}, 'The server'), this.#charts.element);
  }

  /** @param {boolean} isShown */
  show(isShown) {
    if (isShown) this.#unwatch ??= meter.watch((m) => this.#charts.draw(m));
    else {
      this.#unwatch?.();
      this.#unwatch = null;
    }
  }

  /** How long something took to get here. @param {number} ms */
  arrived(ms) {
    this.#delays.push(Math.max(0, ms) / 1000);
    if (this.#delays.length > DELAYS) this.#delays.shift();
  }

  /** @param {import('./projection.js').TranscriptProjection} view @param {number} duration Seconds of audio time. */
  draw(view, duration) {
    const count = (/** @type {string} */ state) => view.work.filter((work) => work.state === state).length;
    const speakers = new Set(view.segments.map(({ text }) => text.speaker_id)).size;
    const words = view.segments.reduce((total, { text }) => total + (text.text.match(/\S+/g)?.length ?? 0), 0);
    const begin = view.segments.reduce((least, { text }) => Math.min(least, text.start), duration);
    fill(this.#own, [
      ['Length', clock(duration - begin)], ['Speakers', number(speakers)], ['Segments', number(view.segments.length)], ['Turns', number(view.turns.length)],
      ['Words', number(words)], ['Events', number(view.lastEventId)],
      ['Routed', number(view.work.length - count('replaced'))], ['Done', number(count('done'))], ['Dropped', number(count('dropped'))], ['Failed', number(count('failed'))],
    ]);
    this.#delay.draw(this.#delays, DELAYS);
  }
}

/** The server's own figures, as small charts. */
export class ServerCharts {
  #latency = new Sparkline('Chunk to final, P99', 'From a chunk received to its segment visible', latency);
  #partial = new Sparkline('Chunk to caption, P99', 'From a chunk received to its partial visible', latency);
  #rate = new Sparkline('Chunks a second', 'Of all conversations', (value) => value.toFixed(1));
  #queue = new Sparkline('Work waiting', 'Items in all queues', number);
  #totals = h('dl.figures');
  #queues = h('dl.figures.queues');
  #problem = h('p.note', { role: 'status' });
  element = h('div.charts', {}, this.#problem, this.#latency.element, this.#partial.element, this.#rate.element, this.#queue.element,
    this.#queues, this.#totals);

  /** @param {typeof meter} m */
  draw({ readings, problem }) {
    this.#problem.textContent = problem;
    const steps = readings.slice(1).map((after, i) => ({ before: readings[i], after }));
    this.#latency.draw(steps.map(({ before, after }) => percentile(before.latency, after.latency, 0.99)));
    this.#partial.draw(steps.map(({ before, after }) => percentile(before.partial, after.partial, 0.99)));
    this.#rate.draw(steps.map(({ before, after }) =>
      Math.max(0, ((after.chunks ?? 0) - (before.chunks ?? 0)) / ((after.at - before.at) / 1000))));
    this.#queue.draw(readings.map(({ queues }) => Object.values(queues).reduce((sum, depth) => sum + depth, 0)));
    fill(this.#queues, Object.entries(readings.at(-1)?.queues ?? {}).map(([workflow, depth]) => [workflow.replaceAll('_', ' '), number(depth)]));
    const now = readings.at(-1);
    if (now) fill(this.#totals, [['Open streams', now.streams], ['Connections', now.connections], ['Model calls', now.llmCalls],
      ['Work dropped', now.dropped], ['Captions skipped', now.partialsDropped]].map(([term, value]) => [String(term), number(Number(value ?? 0))]));
  }
}

/** @param {Element & {signature?: string}} list @param {string[][]} rows */
function fill(list, rows) {
  const signature = JSON.stringify(rows);
  if (list.signature === signature) return;
  list.signature = signature;
  list.replaceChildren(...rows.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))));
}
