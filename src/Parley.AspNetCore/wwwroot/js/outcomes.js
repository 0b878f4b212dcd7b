/**
 * The fold from what the rules found and what models answered to one list of decisions and action items. The twin of OutcomeFold in Parley.Protocol.
 *
 * @typedef {{id: string, kind: string, what: string, segment_id: string, quote: string, who?: string, due?: string}} Outcome
 * @typedef {{kind: string, what: string, segmentId: string, isCandidate: boolean, quote?: string, who?: string, due?: string}} OutcomeView
 */

/** Where a workflow's answer has its items. @type {Record<string, string>} */
const NAMES = { decision: 'decisions', action_item: 'actions' };

export class OutcomeFold {
  /** @type {Map<string, Outcome>} By id. */ #candidates = new Map();
  /** @type {Map<string, OutcomeView[]>} A model's items, by segment and kind. */ #answers = new Map();
  /** @type {Map<string, string>} The segment that took a segment's work over, by segment and kind. */ #takenOver = new Map();
  /** @type {Set<string>} The ids of those that are about the speaker of the segment. */ #own = new Set();

  /** In the order of the segments that are quoted. @param {(speaker: string|undefined) => string|undefined} renamed @returns {OutcomeView[]} */
  all(renamed) {
    const candidates = [...this.#candidates.values()].filter((outcome) => !this.#isAnswered(outcome.segment_id, outcome.kind)).map(view);
    return [...candidates, ...[...this.#answers.values()].flat()]
      .map((item) => ({ ...item, who: renamed(item.who) }))
      .sort((a, b) => numberOf(a.segmentId) - numberOf(b.segmentId));
  }

  /** @param {import('./projection.js').Envelope} envelope */
  fold({ type, segment_id: id, payload }) {
    if (type === 'FINALIZED') {
      for (const outcome of payload.semantic?.outcomes ?? []) {
        this.#candidates.set(outcome.id, outcome);
        if (outcome.segment_id === id && outcome.who && outcome.who === payload.segment.speaker_id) this.#own.add(outcome.id);
      }
    } else if (type === 'WORKFLOW_ROUTED') {
      if (id && payload.replaces) this.#takenOver.set(key(payload.replaces, payload.workflow), id);
    } else if (type === 'WORKFLOW_RESULT') {
      const name = NAMES[payload.workflow];
      // What quotes is no model, whatever its version.
      if (id && name && !String(payload.handler).startsWith('extractive/')) this.#answers.set(key(id, payload.workflow), items(id, payload, name));
    } else if (type === 'SPEAKER_REVISION') {
      for (const [name, outcome] of this.#candidates) {
        if (this.#own.has(name) && payload.segment_ids.includes(outcome.segment_id)) this.#candidates.set(name, { ...outcome, who: payload.to });
      }
    }
  }

  /** @param {string} segment @param {string} kind @returns {boolean} */
  #isAnswered(segment, kind) {
    const later = this.#takenOver.get(key(segment, kind));
    return this.#answers.has(key(segment, kind)) || (later !== undefined && later !== segment && this.#isAnswered(later, kind));
  }
}

/** @param {string} segment @param {string} kind */
const key = (segment, kind) => `${segment} ${kind}`;

/** @param {string} id */
const numberOf = (id) => Number(id.slice(4));

/** @param {Outcome} outcome @returns {OutcomeView} */
function view({ kind, what, segment_id: segmentId, quote, who, due }) {
  return { kind, what, segmentId, isCandidate: true, quote, who, due };
}

/** A handler of an application's own may answer in text alone. @param {string} segmentId @param {any} result @param {string} name @returns {OutcomeView[]} */
function items(segmentId, result, name) {
  const kind = result.workflow;
  const list = result.data?.[name];
  if (!Array.isArray(list)) return result.text ? [{ kind, what: result.text, segmentId, isCandidate: false }] : [];
  return list.filter((item) => text(item?.what)).map((item) => ({ kind, what: item.what, segmentId, isCandidate: false, who: text(item.who), due: text(item.due) }));
}

/** @param {any} value @returns {string|undefined} */
function text(value) {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
