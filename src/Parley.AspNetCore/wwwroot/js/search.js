import { h, icon } from './dom.js';
import { fold, neutralise } from './text.js';

/** Looks for words in what is shown. */
export class Search {
  #query = '';
  #current = -1;
  /** @type {number|undefined} */ #wait;

  /** @param {import('./captions.js').Captions} captions @param {() => void} onJump */
  constructor(captions, onJump) {
    this.captions = captions;
    this.onJump = onJump;
    this.input = h('input', { type: 'search', id: 'search', placeholder: 'Search', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search' });
    this.count = h('output.search-count', { 'aria-live': 'polite' });
    this.previous = h('button.icon-button', { type: 'button', 'aria-label': 'Previous match', disabled: true, onclick: () => this.#step(-1) }, icon('up'));
    this.next = h('button.icon-button', { type: 'button', 'aria-label': 'Next match', disabled: true, onclick: () => this.#step(1) }, icon('next'));
    this.element = h('search.search', {},
      h('label.visually-hidden', { htmlFor: 'search' }, 'Search this conversation'),
      icon('search'), this.input, this.count, this.previous, this.next);
    this.input.addEventListener('input', () => {
      window.clearTimeout(this.#wait);
      this.#wait = window.setTimeout(() => this.#look(), 100);
    });
    this.input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event));
  }

  /** What is shown has changed. */
  refresh() {
    if (this.#query) this.#tell();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Enter') {
      this.#look();
      this.#step(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && this.input.value) {
      this.input.value = '';
      this.#look();
    } else return;
    event.preventDefault();
  }

  #look() {
    window.clearTimeout(this.#wait);
    const query = fold(neutralise(this.input.value.trim()));
    if (query === this.#query) return;
    this.#query = query;
    this.#current = -1;
    this.captions.search(query);
    this.#tell();
  }

  #marks() {
    return [...this.captions.element.querySelectorAll('mark')];
  }

  /** @param {number} by */
  #step(by) {
    const marks = this.#marks();
    if (!marks.length) return;
    const from = this.#current < 0 && by < 0 ? 0 : this.#current;
    this.#current = (from + by + marks.length) % marks.length;
    marks.forEach((mark, i) => mark.classList.toggle('current', i === this.#current));
    this.onJump();
    marks[this.#current].scrollIntoView({ block: 'center' });
    this.#tell(marks);
  }

  #tell(marks = this.#marks()) {
    this.previous.disabled = this.next.disabled = marks.length === 0;
    if (!this.#query) this.count.textContent = '';
    else if (!marks.length) this.count.textContent = 'No match';
    else this.count.textContent = this.#current < 0 ? `${marks.length} found` : `${Math.min(this.#current + 1, marks.length)} of ${marks.length}`;
  }
}
