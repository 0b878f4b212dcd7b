import { h } from './dom.js';
import { nameOf } from './speakers.js';

const KEPT = 10;

/** Tells screen readers what was said once it stands; never a partial. */
export class Announcer {
  constructor() {
    this.element = h('div.visually-hidden', { 'aria-live': 'polite', 'aria-relevant': 'additions', 'data-announcer': true });
  }

  /** @param {import('./projection.js').Segment} segment */
  say({ text }) {
    this.element.append(h('p', {}, `${nameOf(text.speaker_id)}: `, h('bdi', {}, text.text)));
    while (this.element.children.length > KEPT) this.element.firstElementChild?.remove();
  }
}
