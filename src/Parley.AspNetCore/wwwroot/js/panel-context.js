import { context } from './api.js';
import { h } from './dom.js';
import { number } from './format.js';
import { problemIn } from './notices.js';
import { neutralise, richText } from './text.js';

const SETTLE = 300;

/** What a model would be given now: the last things said, and how much of its budget they take. */
export class ContextPanel {
  #budget = h('div.budget');
  #summary = h('section');
  #problem = h('p.error', { role: 'status' });
  #text = h('pre.context-text', { tabindex: 0, dir: 'auto', 'aria-label': 'The text that a model would be given' });
  #keywords = h('ul.keywords', { 'aria-label': 'Keywords' });
  #note = h('p.note');
  /** @type {number|undefined} */ #timer;
  #isStale = true;
  isShown = false;

  /** @param {string} streamId */
  constructor(streamId) {
    this.streamId = streamId;
    this.element = h('div.panel', {}, h('h3', {}, 'What the model sees'), this.#note,
      this.#problem, this.#budget, this.#keywords, this.#text, this.#summary);
  }

  /** Something that is in the context has changed. */
  changed() {
    this.#isStale = true;
    if (this.isShown) this.#later();
  }

  /** @param {boolean} isShown */
  show(isShown) {
    this.isShown = isShown;
    if (isShown && this.#isStale) this.#read();
  }

  /** @param {boolean} isReplay */
  setReplay(isReplay) {
    this.#note.textContent = isReplay ? 'This is the context as it is now, not at the moment you replay.' : '';
  }

  stop() {
    window.clearTimeout(this.#timer);
    this.isShown = false;
  }

  #later() {
    this.#timer ??= window.setTimeout(() => {
      this.#timer = undefined;
      this.#read();
    }, SETTLE);
  }

  async #read() {
    this.#isStale = false;
    try {
      this.#draw(await context(this.streamId));
      this.#problem.textContent = '';
    } catch (problem) {
      this.#isStale = true;
      this.#problem.textContent = problemIn(problem);
    }
  }

  /** @param {any} answer */
  #draw({ text, tokens, max_tokens: mostTokens, segments, max_segments: mostSegments, max_time_sec: mostTime, keywords, summary }) {
    this.#text.textContent = text ? neutralise(text) : 'Nothing yet: the context fills as segments are finished.';
    const last = segments.at(-1)?.end ?? 0;
    const first = segments.reduce((/** @type {number} */ least, /** @type {any} */ segment) => Math.min(least, segment.end), last);
    this.#budget.replaceChildren(
      meter('Segments', segments.length, mostSegments, number),
      meter('Time', last - first, mostTime, (seconds) => `${Math.round(seconds)} s`),
      meter('Tokens, about', tokens, mostTokens, number));
    this.#keywords.replaceChildren(...keywords.map((/** @type {string} */ word) => h('li', {}, h('bdi', {}, word))));
    this.#summary.replaceChildren(...(summary ? [h('h3', {}, 'The summary it is given'), h('div.rich', {}, richText(summary.text))] : []));
  }
}

/** A bar for how much of a limit is used; without a limit only the figure. @param {string} label @param {number} used @param {number|undefined} most @param {(value: number) => string} format */
function meter(label, used, most, format) {
  const words = most ? `${format(used)} of ${format(most)}` : format(used);
  if (!most) return h('p.budget-figures', {}, h('span', {}, label), h('span', {}, words));
  const fill = h('div.budget-fill');
  fill.style.width = `${Math.min(1, used / most) * 100}%`;
  return h('div', {}, h('p.budget-figures', {}, h('span', {}, label), h('span', {}, words)), h('div.budget-bar', { 'aria-hidden': 'true' }, fill));
}
