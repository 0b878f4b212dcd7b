import { h, keyed } from './dom.js';
import { clock, plural } from './format.js';
import { nameOf } from './speakers.js';
import { richText } from './text.js';

/** @typedef {import('./projection.js').TranscriptProjection} View */
/** @typedef {{key: string, segmentId: string, what: string, who?: string, due?: string, at?: number}} Taken */

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
    this.#list(this.#decisions, this.#noDecisions, taken(view, 'decision', 'decisions'));
    this.#list(this.#actions, this.#noActions, taken(view, 'action_item', 'actions'));
  }

  /** @param {Element} list @param {HTMLElement} empty @param {Taken[]} items */
  #list(list, empty, items) {
    empty.hidden = items.length > 0;
    // Items are made anew at each draw: told apart by what they say.
    keyed(list, items, (item) => JSON.stringify(item), (item) => h('li', {},
      h('button.taken-item', { type: 'button', onclick: () => this.goTo(item.segmentId) },
        h('bdi.taken-what', { dir: 'auto' }, item.what),
        h('span.taken-note', {}, item.who && h('bdi', {}, item.who), item.due && h('bdi', {}, `due ${item.due}`),
          item.at !== undefined && h('span', {}, clock(item.at))))), () => {});
  }
}

/** What a workflow has taken from the conversation. @param {View} view @param {string} workflow @param {string} name @returns {Taken[]} */
export function taken(view, workflow, name) {
  // In a language that the intents do not know, a model finds both in what went to general.
  return view.work.filter((work) => [workflow, 'general'].includes(work.workflow) && work.state !== 'replaced').flatMap((work) => {
    const result = work.results.at(-1);
    const isQuoted = work.workflow === workflow && result?.text;
    const items = Array.isArray(result?.data?.[name]) ? result.data[name] : isQuoted ? [{ what: result.text }] : [];
    const segment = view.segment(work.segmentId);
    return items.map((/** @type {any} */ item, /** @type {number} */ i) => ({
      key: `${work.segmentId}-${i}`, segmentId: work.segmentId, what: String(item.what ?? ''),
      who: item.who ? nameOf(view.renamed(String(item.who))) : undefined, due: item.due ? String(item.due) : undefined, at: segment?.text.start,
    }));
  });
}
