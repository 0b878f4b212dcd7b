import { context } from './api.js';
import { h } from './dom.js';
import { number, plural } from './format.js';
import { problemIn } from './notices.js';
import { neutralise } from './text.js';

const SETTLE = 300;

/** What a model would be given now: the last things said, and how much of its budget they take. */
export class ContextPanel {
  #bar = h('div.budget-bar', {}, h('div.budget-fill'));
  #figures = h('p.budget-figures');
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
      h('div.budget', {}, this.#bar, this.#figures), this.#keywords, this.#text);
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
    } catch (problem) {
      this.#isStale = true;
      this.#figures.textContent = problemIn(problem);
    }
  }

  /** @param {any} answer */
  #draw(answer) {
    const { text, tokens = 0, max_tokens: most, segments, keywords = [] } = answer;
    this.#text.textContent = text ? neutralise(text) : 'Nothing yet: the context fills as segments are finished.';
    const share = most ? Math.min(1, tokens / most) : 0;
    this.#bar.hidden = !most;
    this.#bar.firstElementChild.style.width = `${share * 100}%`;
    const count = Array.isArray(segments) ? segments.length : segments;
    this.#figures.textContent = [
      most ? `About ${number(tokens)} of ${number(most)} tokens` : `About ${number(tokens)} tokens`,
      count === undefined ? '' : plural(count, 'segment'),
    ].filter(Boolean).join(' · ');
    this.#keywords.replaceChildren(...keywords.map((/** @type {string} */ word) => h('li', {}, h('bdi', {}, word))));
  }
}
