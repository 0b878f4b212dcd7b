import { retrySummary } from './api.js';
import { h, keyed } from './dom.js';
import { clock } from './format.js';
import { notify, notifyProblem } from './notices.js';
import { nameOf } from './speakers.js';
import { richText } from './text.js';

/** @typedef {import('./projection.js').TranscriptProjection} View */
/** @typedef {{key: string, segmentId: string, what: string, who?: string, due?: string, at?: number}} Taken */

/** What the conversation came to so far: the rolling summary, decisions, actions. */
export class SummaryPanel {
  #summary = h('div.rich');
  #covers = h('p.note.summary-author');
  #failure = h('p.note', { role: 'status' });
  #retry = h('button.button', { type: 'button', hidden: true, onclick: () => this.#tryAgain() }, 'Try again');
  /** @type {any} */ #failed = null;
  #decisions = h('ul.taken');
  #actions = h('ul.taken');
  #noDecisions = h('p.empty', {}, 'None yet.');
  #noActions = h('p.empty', {}, 'None yet.');
  /** @type {any} */ #shown = undefined;

  /** @param {string} streamId @param {(segmentId: string) => void} goTo */
  constructor(streamId, goTo) {
    this.streamId = streamId;
    this.goTo = goTo;
    this.element = h('div.panel', {},
      h('section', {}, h('h3', {}, 'Summary'), this.#covers, this.#failure, this.#retry, this.#summary),
      h('section', {}, h('h3', {}, 'Decisions'), this.#noDecisions, this.#decisions),
      h('section', {}, h('h3', {}, 'Actions'), this.#noActions, this.#actions));
  }

  /** @param {View} view */
  draw(view) {
    const { summary, summaryFailure: failure } = view;
    const shown = JSON.stringify(summary);
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#summary.replaceChildren(...(summary ? richText(summary.text) : [h('p.empty', {}, 'The first summary comes after five finished segments, or half a minute.')]));
      this.#covers.replaceChildren(...(summary ? [h('bdi', {}, `${summary.kind === 'final' ? 'Final' : 'So far'} · ${authorOf(summary)}`)] : []));
    }
    if (failure !== this.#failed) this.#retry.hidden = failure === null;
    this.#failed = failure;
    this.#failure.textContent = failure ? `The model did not write the latest summary (${reasonOf(failure)}). It can be tried again.` : '';
    this.#list(this.#decisions, this.#noDecisions, taken(view, 'decision', 'decisions'));
    this.#list(this.#actions, this.#noActions, taken(view, 'action_item', 'actions'));
  }

  async #tryAgain() {
    this.#retry.hidden = true;
    try {
      await retrySummary(this.streamId, this.#failed);
      notify('The summary is being tried again.');
    } catch (problem) {
      this.#retry.hidden = false;
      notifyProblem(problem);
    }
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

/** Who wrote a summary. @param {any} summary */
function authorOf({ author, model, reason }) {
  if (author === 'model') return model ? `written by ${model}` : 'written by a model';
  if (author !== 'extractive') return 'its author is not recorded';
  /** @type {Record<string, string>} */
  const why = { late: ': the model has not answered yet', failed: ': the model did not work', budget: ': the budget is used up', nothing_said: ': nothing was said' };
  return `chosen from what was said, without a model${why[reason] ?? ''}`;
}

/** @param {any} failure */
function reasonOf({ reason, detail }) {
  return `${String(reason).replaceAll('_', ' ')}${detail ? `, ${detail}` : ''}`;
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
