import { h, keyed } from './dom.js';
import { clock, plural } from './format.js';
import { nameOf } from './speakers.js';
import { neutralise, richText } from './text.js';

/** @typedef {import('./projection.js').TranscriptProjection} View */
/** @typedef {{segmentId: string, what: string, isCandidate: boolean, quote?: string, who?: string, due?: string, at?: number}} Taken */

/** What the conversation came to so far: the rolling summary, decisions, actions. */
export class SummaryPanel {
  #summary = h('div.rich');
  #covers = h('p.note');
  #decisions = h('ul.taken');
  #actions = h('ul.taken');
  #noDecisions = h('p.empty', {}, 'None yet.');
  #noActions = h('p.empty', {}, 'None yet.');
  /** @type {any} */ #shown = undefined;

  /** @param {(segmentId: string) => void} goTo */
  constructor(goTo) {
    this.goTo = goTo;
    this.element = h('div.panel', {},
      h('section', {}, h('h3', {}, 'Summary'), this.#covers, this.#summary),
      h('section', {}, h('h3', {}, 'Decisions'), this.#noDecisions, this.#decisions),
      h('section', {}, h('h3', {}, 'Actions'), this.#noActions, this.#actions));
  }

  /** @param {View} view */
  draw(view) {
    const summary = view.summaries.at(-1) ?? null;
    if (summary !== this.#shown) {
      this.#shown = summary;
      this.#summary.replaceChildren(...(summary ? richText(summary.text) : [h('p.empty', {}, 'The first summary comes after five finished segments, or half a minute.')]));
      this.#covers.textContent = summary ? `${summary.kind === 'final' ? 'Final' : 'So far'} · ${plural(view.summaries.length, 'version')}` : '';
    }
    this.#list(this.#decisions, this.#noDecisions, taken(view, 'decision'));
    this.#list(this.#actions, this.#noActions, taken(view, 'action_item'));
  }

  /** @param {Element} list @param {HTMLElement} empty @param {Taken[]} items */
  #list(list, empty, items) {
    empty.hidden = items.length > 0;
    // Items are made anew at each draw: told apart by what they say. A model may say the same twice.
    const different = [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
    keyed(list, different, (item) => JSON.stringify(item), (item) => h('li', {},
      h('button.taken-item', { type: 'button', title: item.quote && `“${neutralise(item.quote)}”`, onclick: () => this.goTo(item.segmentId) },
        h('bdi.taken-what', { dir: 'auto' }, item.what),
        h('span.taken-note', {},
          item.isCandidate && h('span', { title: 'Found by rules: no model has checked it' }, 'candidate'),
          item.who && h('bdi', {}, item.who), item.due && h('bdi', {}, `due ${item.due}`),
          item.at !== undefined && h('span', {}, clock(item.at))))), () => {});
  }
}

/** What was decided or is to be done, as the one list of the conversation has it. @param {View} view @param {string} kind @returns {Taken[]} */
export function taken(view, kind) {
  return view.outcomes.filter((item) => item.kind === kind).map(({ what, segmentId, isCandidate, quote, who, due }) => ({
    segmentId, what, isCandidate, quote, who: who && nameOf(who),
    // "Write the report by Tuesday" says it already.
    due: due && !what.includes(due) ? due : undefined,
    at: view.segment(segmentId)?.text.start,
  }));
}
