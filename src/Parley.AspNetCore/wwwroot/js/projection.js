import { namedText } from './summary-text.js';

/**
 * The fold from envelopes to what a viewer shows: segments, turns, work and summaries. The twin of TranscriptProjection in
 * Parley.Protocol; a test folds the same envelopes through both and compares.
 *
 * @typedef {{start: number, end: number, text: string, speaker_id?: string, tentative?: string, continues?: string}} SegmentText
 * @typedef {{keywords: string[], risk_tags: string[], actions: {text: string, speaker_id?: string}[], intent?: string,
 *   confidence?: number, evidence?: string}} Semantics
 * @typedef {{id: string, text: SegmentText, isFinal: boolean, semantic?: Semantics}} Segment
 * @typedef {{id: string, start: number, end: number, segment_ids: string[], speaker_id?: string, text?: string}} Turn
 * @typedef {{segmentId: string, workflow: string, intent?: string, state: 'waiting'|'done'|'dropped'|'failed'|'replaced',
 *   results: any[], reason?: string, detail?: string, progress?: string}} Work
 * @typedef {{event_id: number, stream_id: string, segment_id?: string, type: string, ts_server: number,
 *   ts_audio_start?: number, ts_audio_end?: number, payload: any}} Envelope
 */

const NOT_FACTS = new Set(['PARTIAL', 'CHUNK_ACK', 'SESSION_RESUMED', 'PONG', 'ERROR', 'WORKFLOW_PROGRESS']);

/** Whether an envelope is in the log, with an event id of its own. A type unknown here counts as one. @param {Envelope} envelope */
export function isFact(envelope) {
  return !NOT_FACTS.has(envelope.type);
}

export class TranscriptProjection {
  /** @type {string|null} */ streamId = null;
  lastEventId = 0;
  isComplete = true;
  /** @type {Segment[]} In the order in which they opened. */ segments = [];
  /** @type {Turn[]} */ turns = [];
  /** @type {any} Why a model did not write the last summary that it was asked for; null where it did, or is being asked. */ summaryFailure = null;
  /** @type {any[]} As the server sent them, the best of each range. */ #summaries = [];
  /** @type {Work[]} */ work = [];
  /** @type {any} */ stats = null;
  /** @type {SegmentText[]} Under the speakers' ids that the server sends. */ #tentatives = [];
  /** @type {Map<string, number>} */ #places = new Map();
  /** @type {{from: string|undefined, to: string}[]} */ #renames = [];

  /** What may still change entirely and belongs to no segment yet: at most one for each speaker, in the order in which they began. */
  get tentatives() {
    return this.#tentatives.map((text) => this.#named(text));
  }

  /** Under the speakers' current names, oldest first: of each range the best, so that a model's takes the place of one made without it. */
  get summaries() {
    return this.#summaries.map((summary) => ({ ...summary, text: namedText(summary, (speaker) => this.renamed(speaker)) }));
  }

  /** The summary that covers most: the final one, else the last; null before the first. */
  get summary() {
    const { summaries } = this;
    return summaries.find(({ kind }) => kind === 'final') ?? summaries.at(-1) ?? null;
  }

  /** Folds one envelope in. False where it changes nothing. @param {Envelope} envelope */
  apply(envelope) {
    this.streamId ??= envelope.stream_id;
    if (envelope.stream_id !== this.streamId) throw new Error(`The envelope is of ${envelope.stream_id}, the transcript of ${this.streamId}.`);
    if (!isFact(envelope)) return this.#foldPassing(envelope);
    if (envelope.event_id <= this.lastEventId) return false;
    this.isComplete &&= envelope.event_id === this.lastEventId + 1;
    this.lastEventId = envelope.event_id;
    this.#fold(envelope);
    return true;
  }

  /** @param {string} id */
  segment(id) {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.segments[place];
  }

  /** What a speaker is called now. @param {string|undefined} speaker */
  renamed(speaker) {
    return this.#renames.reduce((name, rename) => (name === rename.from ? rename.to : name), speaker);
  }

  /** @param {Envelope} envelope */
  #foldPassing({ type, segment_id: id, payload }) {
    if (type === 'PARTIAL') return this.#show(id, payload.segment);
    if (type !== 'WORKFLOW_PROGRESS' || !id) return false;
    // A viewer that reads slowly may get a piece of an answer after the answer.
    if (this.work[this.#place(id, payload.workflow)]?.state === 'done') return false;
    this.#change(id, payload.workflow, () => ({ progress: payload.text }));
    return true;
  }

  /** @param {Envelope} envelope */
  #fold({ type, segment_id: id, payload }) {
    switch (type) {
      case 'FINALIZED':
        if (id) this.#put(id, payload.segment, true, payload.semantic);
        break;
      case 'SPEAKER_TURN':
        this.turns.push(withSpeaker(payload.turn, this.renamed(payload.turn.speaker_id)));
        break;
      case 'SPEAKER_REVISION':
        this.#revise(payload);
        break;
      case 'SUMMARY':
        this.#foldSummary(payload);
        break;
      case 'SUMMARY_FAILED':
        this.summaryFailure = payload;
        break;
      case 'SESSION_ENDED':
        this.stats = payload.stats;
        this.#tentatives = [];
        break;
      default:
        if (id) this.#foldWork(id, type, payload);
    }
  }

  /** @param {any} summary */
  #foldSummary(summary) {
    if (summary.author === 'model') this.summaryFailure = null;
    const isFinal = summary.kind === 'final';
    const place = this.#summaries.findIndex((other) => other.kind === summary.kind && (isFinal || other.to_event_id === summary.to_event_id));
    if (place >= 0) {
      if (summary.author === 'model' || this.#summaries[place].author !== 'model') this.#summaries[place] = summary;
      return;
    }
    const before = this.#summaries.findLastIndex((other) => other.kind !== 'final' && other.to_event_id <= summary.to_event_id);
    this.#summaries.splice(isFinal ? this.#summaries.length : before + 1, 0, summary);
  }

  /** @param {string|undefined} id @param {SegmentText} text */
  #show(id, text) {
    if (!id) return this.#showTentative(text);
    // A viewer that reads slowly may get a partial after its final.
    if (this.segment(id)?.isFinal) return false;
    this.#put(id, text, false);
    return true;
  }

  /** An empty text says that the last one has come to nothing. @param {SegmentText} text */
  #showTentative(text) {
    if (text.text === '') return this.#removeTentative(text.speaker_id);
    const place = this.#tentatives.findIndex((other) => other.speaker_id === text.speaker_id);
    this.#tentatives[place < 0 ? this.#tentatives.length : place] = text;
    return true;
  }

  /** @param {string|undefined} speaker */
  #removeTentative(speaker) {
    const before = this.#tentatives.length;
    this.#tentatives = this.#tentatives.filter((text) => text.speaker_id !== speaker);
    return this.#tentatives.length < before;
  }

  /** @param {string} id @param {SegmentText} text @param {boolean} isFinal @param {Semantics} [semantic] */
  #put(id, text, isFinal, semantic) {
    this.#removeTentative(text.speaker_id);
    const segment = { id, text: this.#named(text), isFinal, semantic };
    const place = this.#places.get(id);
    if (place === undefined) {
      this.#places.set(id, this.segments.length);
      this.segments.push(segment);
    } else this.segments[place] = segment;
  }

  /** @param {{segment_ids: string[], from?: string, to: string}} revision */
  #revise({ segment_ids: ids, from, to }) {
    const everywhere = ids.length === 0;
    if (everywhere) this.#renames.push({ from, to });
    const named = new Set(ids);
    this.segments = this.segments.map((segment) =>
      (everywhere ? segment.text.speaker_id === from : named.has(segment.id)) ? { ...segment, text: withSpeaker(segment.text, to) } : segment);
    this.turns = this.turns.map((turn) =>
      (everywhere ? turn.speaker_id === from : turn.segment_ids.every((id) => named.has(id))) ? withSpeaker(turn, to) : turn);
  }

  /** @param {string} id @param {string} type @param {any} payload */
  #foldWork(id, type, payload) {
    if (type === 'WORKFLOW_ROUTED') {
      if (payload.replaces) this.#change(payload.replaces, payload.workflow, () => ({ state: 'replaced' }));
      this.work.push({ segmentId: id, workflow: payload.workflow, intent: payload.intent, state: 'waiting', results: [] });
    } else if (type === 'WORKFLOW_RESULT') {
      this.#change(id, payload.workflow, (work) => ({ state: 'done', progress: undefined, results: [...work.results, payload] }));
    } else if (type === 'WORKFLOW_DROPPED' && payload.reason === 'joined') {
      this.#change(id, payload.workflow, () => ({ state: 'replaced', progress: undefined }));
    } else if (type === 'WORKFLOW_DROPPED') {
      this.#change(id, payload.workflow, () => ({ state: 'dropped', progress: undefined, reason: payload.reason }));
    } else if (type === 'WORKFLOW_FAILED') {
      this.#change(id, payload.workflow, () => ({ state: 'failed', progress: undefined, reason: payload.reason, detail: payload.detail }));
    }
  }

  /** @param {string} id @param {string} workflow @param {(work: Work) => Partial<Work>} change */
  #change(id, workflow, change) {
    let place = this.#place(id, workflow);
    // Joined in the middle: what was routed earlier is not here, its result still shows.
    if (place < 0) place = this.work.push({ segmentId: id, workflow, state: 'waiting', results: [] }) - 1;
    this.work[place] = { ...this.work[place], ...change(this.work[place]) };
  }

  /** @param {string} id @param {string} workflow */
  #place(id, workflow) {
    return this.work.findLastIndex((work) => work.segmentId === id && work.workflow === workflow);
  }

  /** @param {SegmentText} text */
  #named(text) {
    return this.#renames.length === 0 ? text : withSpeaker(text, this.renamed(text.speaker_id));
  }
}

/** @template {{speaker_id?: string}} T @param {T} thing @param {string|undefined} speaker @returns {T} */
function withSpeaker(thing, speaker) {
  return { ...thing, speaker_id: speaker };
}
