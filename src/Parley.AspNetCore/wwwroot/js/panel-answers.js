import { h, keyed } from './dom.js';
import { clock } from './format.js';
import { intentLabel } from './intents.js';
import { nameOf } from './speakers.js';
import { richText } from './text.js';

/** @typedef {import('./projection.js').Work} Work @typedef {import('./projection.js').TranscriptProjection} View */

/** Questions and what a model answered, the newest first; an answer shows as it is written. */
export class AnswersPanel {
  #list = h('ol.answers', { reversed: true });
  #empty = h('p.empty', {}, 'Questions that people ask appear here, and their answers as they are written.');
  #hint = h('p.note', {}, 'Questions are answered where the server has a model: ', h('code', {}, 'parley serve --llm URL --model NAME'));
  /** @type {View|null} */ #view = null;

  /** @param {(segmentId: string) => void} goTo */
  constructor(goTo) {
    this.goTo = goTo;
    this.element = h('div.panel', {}, h('h3.visually-hidden', {}, 'Answers'), this.#empty, this.#hint, this.#list);
  }

  /** @param {View} view */
  draw(view) {
    this.#view = view;
    const questions = questionsOf(view).reverse();
    this.#empty.hidden = questions.length > 0;
    // Nobody says whether there is a model; until something came of a question there may be none.
    this.#hint.hidden = questions.length === 0 || questions.some((work) => work.progress || work.state !== 'waiting');
    keyed(this.#list, questions, (work) => work.segmentId, (work) => this.#fill(h('li.answer'), work), (element, work) => this.#fill(element, work));
  }

  /** @param {any} element @param {Work} work */
  #fill(element, work) {
    const segment = this.#view?.segment(work.segmentId);
    element.question ??= h('button.answer-question', { type: 'button', onclick: () => this.goTo(work.segmentId) });
    element.answer ??= h('div.answer-body');
    if (!element.question.isConnected) element.replaceChildren(element.question, element.answer);
    element.question.replaceChildren(
      h('span.answer-asker', {}, h('bdi', {}, nameOf(segment?.text.speaker_id)), segment ? ` · ${clock(segment.text.start)}` : '', ` · ${intentLabel(work.intent) || 'Question'}`),
      h('bdi.answer-words', { dir: 'auto' }, segment?.text.text ?? work.segmentId));
    element.dataset.state = work.progress && work.state === 'waiting' ? 'writing' : work.state;
    element.answer.setAttribute('aria-busy', String(element.dataset.state === 'writing'));
    element.answer.replaceChildren(...body(work, this.#view?.stats != null));
    return element;
  }
}

/** @param {View} view */
export function questionsOf(view) {
  return view.work.filter((work) => work.workflow === 'question' && work.state !== 'replaced');
}

/** How many questions have an answer, also while it is being written. @param {View} view */
export function countAnswers(view) {
  return questionsOf(view).filter((work) => (work.state === 'done' ? Boolean(work.results.at(-1)?.text) : work.state === 'waiting' && Boolean(work.progress))).length;
}

/** @param {Work} work @param {boolean} isOver @returns {Element[]} */
function body(work, isOver) {
  if (work.state === 'done') {
    const { text, handler, cut_reason: cut } = work.results.at(-1);
    if (text) return [...richText(text), h('p.note', {}, `Answered by ${handler}${cut ? `; the answer is cut (${words(cut)})` : ''}`)];
    return [h('p.note', {}, String(handler).startsWith('extractive') ? 'Left open: no model is set up to answer.' : 'Left open: the conversation holds no answer.')];
  }
  if (work.state === 'dropped') return [h('p.note', {}, `Not answered: given up under load (${words(work.reason)}). It can be tried again.`)];
  if (work.state === 'failed') return [h('p.note', {}, `Not answered: it failed (${words(work.reason)}${work.detail ? `, ${work.detail}` : ''}). It can be tried again.`)];
  return work.progress ? richText(work.progress) : [h('p.note', {}, isOver ? 'No answer came.' : 'No answer yet.')];
}

/** @param {string|undefined} reason */
function words(reason) {
  return (reason ?? 'no reason given').replaceAll('_', ' ');
}
