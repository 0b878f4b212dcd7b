/**
 * The fold from what the rules found and what models answered to one list of decisions and action items. The twin of OutcomeFold in Parley.Protocol.
 *
 * @typedef {{id: string, kind: string, what: string, segment_id: string, quote: string, who?: string, due?: string, by_speaker?: boolean}} Outcome
 * @typedef {{kind: string, what: string, segmentId: string, isCandidate: boolean, quote?: string, who?: string, due?: string}} OutcomeView
 */

/** Where an answer has the items of a kind. @type {Record<string, string>} */
const NAMES = { decision: 'decisions', action_item: 'actions' };

/** What a workflow's answer has. In a language that the rules do not know, a model looks for both in what is general. @type {Record<string, string[]>} */
const KINDS = { decision: ['decision'], action_item: ['action_item'], general: ['decision', 'action_item'] };

/** What a prompt calls a speaker without a name, in lower case. */
const UNNAMED = 'unknown';

export class OutcomeFold {
  /** @type {Map<string, Outcome>} By id. */ #candidates = new Map();
  /** @type {Map<string, OutcomeView[]>} A model's items, by segment and kind. */ #answers = new Map();
  /** @type {Map<string, string>} What took a segment's work over, both by segment and kind. */ #takenOver = new Map();
  /** @type {Set<string>} The ids of those that are about the speaker of the segment. */ #own = new Set();
  /** @type {Map<string, string|undefined>} Who said each segment, as its final has it. */ #heard = new Map();
  /** @type {Map<string, string>} Who said each segment whose speaker was named later. */ #named = new Map();

  /** In the order of the segments that are quoted. @param {(speaker: string|undefined) => string|undefined} renamed @returns {OutcomeView[]} */
  all(renamed) {
    const answered = this.#answered();
    const current = (/** @type {string|undefined} */ who) => (who === undefined ? undefined : renamed(who));
    const speakerOf = (/** @type {string} */ id) => renamed(this.#named.get(id) ?? this.#heard.get(id));
    const candidates = [...this.#candidates.values()].filter((outcome) => !answered.has(key(outcome.segment_id, outcome.kind)))
      .map((outcome) => ({ ...view(outcome), who: this.#isOwn(outcome) ? speakerOf(outcome.segment_id) : current(outcome.who) }));
    const items = [...this.#answers.values()].flat()
      .map((item) => ({ ...item, who: this.#isSpeaker(item) ? speakerOf(item.segmentId) : current(item.who) }));
    return [...candidates, ...items].sort((a, b) => numberOf(a.segmentId) - numberOf(b.segmentId));
  }

  /** @param {import('./projection.js').Envelope} envelope */
  fold({ type, segment_id: id, payload }) {
    if (type === 'FINALIZED') {
      if (id) {
        this.#heard.set(id, payload.segment.speaker_id);
        this.#named.delete(id);
      }
      for (const outcome of payload.semantic?.outcomes ?? []) {
        this.#candidates.set(outcome.id, outcome);
        if (outcome.segment_id === id && outcome.who && outcome.who === payload.segment.speaker_id) this.#own.add(outcome.id);
      }
    } else if (type === 'WORKFLOW_ROUTED') {
      if (!id || !payload.replaces) return;
      for (const kind of kindsOf(payload.workflow)) this.#takenOver.set(key(payload.replaces, kind), key(id, kind));
    } else if (type === 'WORKFLOW_RESULT') {
      // What quotes is no model, whatever its version.
      if (!id || String(payload.handler).startsWith('extractive/')) return;
      for (const kind of kindsOf(payload.workflow)) {
        const found = items(id, kind, payload);
        if (found) this.#answers.set(key(id, kind), found);
      }
    } else if (type === 'SPEAKER_REVISION') {
      for (const segment of payload.segment_ids) this.#named.set(segment, payload.to);
    }
  }

  /** Whether the speaker of the segment will do it, or decided it. @param {Outcome} outcome */
  #isOwn({ id, by_speaker: bySpeaker, who }) {
    return this.#own.has(id) || Boolean(bySpeaker && !who);
  }

  /** Whether a model's item names the speaker of its segment as the model was given them. @param {OutcomeView} item */
  #isSpeaker({ segmentId, who }) {
    if (!who || !this.#heard.has(segmentId)) return false;
    return who === this.#heard.get(segmentId) || (this.#heard.get(segmentId) === undefined && who.toLowerCase() === UNNAMED);
  }

  /** What a model answered, and what was taken over by it, one chain after the other: chains are as long as a conversation. @returns {Set<string>} */
  #answered() {
    /** @type {Map<string, string[]>} */
    const earlier = new Map();
    for (const [taken, later] of this.#takenOver) {
      const others = earlier.get(later);
      if (others) others.push(taken);
      else earlier.set(later, [taken]);
    }
    const answered = new Set(this.#answers.keys());
    // A set goes on to what is added while it is gone through, and takes each key once.
    for (const later of answered) for (const taken of earlier.get(later) ?? []) answered.add(taken);
    return answered;
  }
}

/** @param {string} workflow @returns {string[]} */
const kindsOf = (workflow) => (Object.hasOwn(KINDS, workflow) ? KINDS[workflow] : []);

/** @param {string} segment @param {string} kind */
const key = (segment, kind) => `${segment} ${kind}`;

/** @param {string} id */
const numberOf = (id) => Number(id.slice(4));

/** @param {Outcome} outcome @returns {OutcomeView} */
function view({ kind, what, segment_id: segmentId, quote, who, due }) {
  return { kind, what, segmentId, isCandidate: true, quote, who, due };
}

/**
 * A handler of an application's own may answer in text alone. What is general and has no list says nothing of the kind.
 * @param {string} segmentId @param {string} kind @param {any} result @returns {OutcomeView[]|undefined}
 */
function items(segmentId, kind, result) {
  const list = result.data?.[NAMES[kind]];
  if (Array.isArray(list)) {
    return list.filter((item) => text(item?.what)).map((item) => ({ kind, what: item.what, segmentId, isCandidate: false, who: text(item.who), due: text(item.due) }));
  }
  if (kind !== result.workflow) return undefined;
  return result.text ? [{ kind, what: result.text, segmentId, isCandidate: false }] : [];
}

/** @param {any} value @returns {string|undefined} */
function text(value) {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
