import { streamDetail } from './api.js';
import { Sparkline } from './charts.js';
import { h } from './dom.js';
import { clock, cost, latency, number } from './format.js';
import { meter, percentile } from './metrics.js';

const DELAYS = 60;
const SETTLE = 1_000;

/** Figures of this conversation, and of the server as it works. */
export class FiguresPanel {
  #own = h('dl.figures');
  #delay = new Sparkline('Delay to this page', 'From the server’s saying it to its showing here', latency);
  #charts = new ServerCharts();
  /** @type {(number|null)[]} */ #delays = [];
  /** @type {(() => void)|null} */ #unwatch = null;
  /** What the server counts of this conversation's work; null until it has said so. @type {any} */ #stats = null;
  /** What the conversation took of models; undefined if none was asked. @type {any} */ #used;
  /** @type {number|undefined} */ #timer;
  #lookedAt = 0;
  /** @type {string[][]} */ #rows = [];
  #isLive = true;

  /** @param {string} streamId */
  constructor(streamId) {
    this.streamId = streamId;
    this.element = h('div.panel', {}, h('h3', {}, 'This conversation'), this.#own, this.#delay.element,
      h('h3', {}, 'The server'), this.#charts.element);
  }

  /** @param {boolean} isShown */
  show(isShown) {
    if (isShown) this.#unwatch ??= meter.watch((m) => this.#charts.draw(m));
    else {
      this.#unwatch?.();
      this.#unwatch = null;
      window.clearTimeout(this.#timer);
      this.#timer = undefined;
    }
  }

  /** How long something took to get here. @param {number} ms */
  arrived(ms) {
    this.#delays.push(Math.max(0, ms) / 1000);
    if (this.#delays.length > DELAYS) this.#delays.shift();
  }

  /**
   * @param {import('./projection.js').TranscriptProjection} view @param {number} duration Seconds of audio time.
   * @param {boolean} isLive Whether this is the conversation as it is now.
   */
  draw(view, duration, isLive) {
    const count = (/** @type {string} */ state) => view.work.filter((work) => work.state === state).length;
    const speakers = new Set(view.segments.map(({ text }) => text.speaker_id)).size;
    const words = view.segments.reduce((total, { text }) => total + (text.text.match(/\S+/g)?.length ?? 0), 0);
    const begin = view.segments.reduce((least, { text }) => Math.min(least, text.start), duration);
    this.#isLive = isLive;
    this.#rows = [
      ['Length', clock(duration - begin)], ['Speakers', number(speakers)], ['Segments', number(view.segments.length)], ['Turns', number(view.turns.length)],
      ['Words', number(words)], ['Events', number(view.lastEventId)],
    ];
    this.#fill([['Done', count('done')], ['Dropped', count('dropped')], ['Failed', count('failed')]]);
    if (isLive) this.#look(view.lastEventId);
    this.#delay.draw(this.#delays, DELAYS);
  }

  /** Which work somebody does, the server knows: as it is now its figures are shown. @param {[string, number][]} seen */
  #fill(seen) {
    const { work_routed: routed, work_done: done, work_dropped: dropped, work_failed: failed, work_joined: joined = 0 } = this.#stats ?? {};
    const known = this.#isLive && this.#stats !== null;
    /** @type {[string, number][]} */
    const work = known ? [['Routed', routed], ['Done', done], ['Dropped', dropped], ['Failed', failed], ['Joined', joined]] : seen;
    fill(this.#own, [...this.#rows, ...work.map(([term, value]) => [term, number(value)]), ...(this.#isLive ? usage(this.#used) : [])]);
  }

  /** @param {number} lastEventId */
  #look(lastEventId) {
    if (lastEventId === this.#lookedAt || this.#timer !== undefined) return;
    this.#lookedAt = lastEventId;
    this.#timer = window.setTimeout(async () => {
      try {
        ({ stats: this.#stats, used: this.#used } = await streamDetail(this.streamId));
        if (this.#isLive) this.#fill([]);
      } catch {
        // The page's own count stays until the next look.
        this.#lookedAt = 0;
      }
      this.#timer = undefined;
    }, this.#stats === null ? 0 : SETTLE);
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
    this.#queues, this.#totals,
    h('p.footnote', {}, 'Captions are skipped for a viewer that reads slowly: the next one has all of their words, and what is final is never skipped.'));

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
    if (now) fill(this.#totals, [['Open streams', now.streams], ['In memory', now.inMemory], ['Connections', now.connections], ['Model calls', now.llmCalls],
      ['Work dropped', now.dropped], ['Captions skipped', now.partialsDropped]].map(([term, value]) => [String(term), number(Number(value ?? 0))]));
  }
}

/** Tokens and cost of models, as rows. @param {any} used */
function usage(used) {
  if (!used) return [];
  const about = used.counted_by === 'server' ? '' : 'about ';
  const rows = [['Tokens in', about + number(used.input_tokens)], ['Tokens out', about + number(used.output_tokens)]];
  return used.cost === undefined ? rows : [...rows, ['Cost', `${about}${cost(used.cost)} ${used.currency ?? ''}`.trim()]];
}

/** @param {Element & {signature?: string}} list @param {string[][]} rows */
function fill(list, rows) {
  const signature = JSON.stringify(rows);
  if (list.signature === signature) return;
  list.signature = signature;
  list.replaceChildren(...rows.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))));
}
