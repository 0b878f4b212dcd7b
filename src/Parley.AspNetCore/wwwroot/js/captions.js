import { h, icon, keyed } from './dom.js';
import { clock } from './format.js';
import { badges } from './intents.js';
import { arrange, inOrder, paginate, places } from './layout.js';
import { mark, nameButton } from './speakers.js';
import { findAll, neutralise, putText } from './text.js';

/** @typedef {import('./projection.js').Segment} Segment @typedef {import('./layout.js').Block} Block */

/** The words of a conversation, block by block. Draws what has changed and leaves the rest. */
export class Captions {
  /** @type {Map<string, Block>} */ #blocks = new Map();
  /** @type {Map<string, import('./layout.js').Page>} */ #pages = new Map();
  /** @type {Map<string, Element>} */ #elements = new Map();
  /** @type {Map<string, string[]>} What is listed of each segment: the kinds. */ #listed = new Map();
  /** @type {(id: string) => string|undefined} */ #speakerOf = () => undefined;
  /** @type {Segment[]} In the order in which they are shown. */ shown = [];
  query = '';

  /**
   * @param {import('./speakers.js').Speakers} speakers @param {string} streamId
   * @param {(segmentId: string) => void} goTo
   */
  constructor(speakers, streamId, goTo) {
    this.speakers = speakers;
    this.streamId = streamId;
    this.goTo = goTo;
    this.element = h('div.captions-text');
    this.tails = h('div.tails');
  }

  /** @param {import('./projection.js').TranscriptProjection} view */
  draw(view) {
    this.shown = inOrder(view.segments);
    for (const { text } of this.shown) this.speakers.slot(text.speaker_id);
    this.#speakerOf = (id) => view.segment(id)?.text.speaker_id;
    const before = this.#listed;
    this.#listed = kindsOf(view.outcomes);
    const blocks = arrange(this.shown, view.turns, this.#blocks);
    this.#blocks = new Map(blocks.map((block) => [block.key, block]));
    const pages = paginate(blocks, this.#pages);
    this.#pages = new Map(pages.map((page) => [page.key, page]));
    keyed(this.element, pages, (page) => page.key, (page) => this.#fillPage(h('div.page'), page), (element, page) => this.#fillPage(element, page));
    // What is listed only later changes nothing else of its segment.
    for (const id of new Set([...before.keys(), ...this.#listed.keys()])) {
      const segment = view.segment(id);
      if (segment && String(before.get(id)) !== String(this.#listed.get(id))) this.#fillSegment(this.#elements.get(id), segment);
    }
    this.#drawTails(view.tentatives);
  }

  /** Marks what is searched for, and draws only what had or gets a mark. @param {string} query Folded; empty for none. */
  search(query) {
    this.query = query;
    for (const segment of this.shown) {
      const element = this.#elements.get(segment.id);
      if (element?.querySelector('mark') || (query && findAll(neutralise(segment.text.text), query).length)) this.#fillSegment(element, segment);
    }
  }

  /** @param {string} id */
  elementOf(id) {
    return this.#elements.get(id);
  }

  /** @param {Element} element @param {import('./layout.js').Page} page */
  #fillPage(element, page) {
    keyed(element, page.blocks, (block) => block.key, (block) => this.#make(block), (old, block) => this.#fill(old, block));
    return element;
  }

  /** @param {Block} block */
  #make(block) {
    const element = h(`section.${block.kind}`);
    this.#fill(element, block);
    return element;
  }

  /** @param {any} element @param {Block} block */
  #fill(element, block) {
    if (block.kind === 'turn') this.#fillTurn(element, block.lanes[0], block.segments);
    else this.#fillOverlap(element, block);
  }

  /** @param {any} element @param {string|undefined} speaker @param {Segment[]} segments */
  #fillTurn(element, speaker, segments) {
    if (element.speaker !== speaker || !element.body) {
      element.speaker = speaker;
      element.body = h('div.turn-body');
      element.replaceChildren(this.#header(speaker, segments[0].text.start), element.body);
    }
    keyed(element.body, segments, (segment) => segment.id, (segment) => this.#makeSegment(segment), (p, segment) => this.#fillSegment(p, segment));
  }

  /** @param {any} element @param {Block} block */
  #fillOverlap(element, block) {
    const where = places(block);
    element.style.setProperty('--lanes', widths(block));
    element.note ??= h('p.overlap-note', {}, 'At the same time');
    element.lanes ??= h('div.lanes');
    if (!element.lanes.isConnected) element.replaceChildren(element.note, element.lanes);
    keyed(element.lanes, block.segments, (segment) => segment.id, (segment) => h('div.lane', {}, this.#header(segment.text.speaker_id, segment.text.start),
      this.#makeSegment(segment)), (lane, segment) => this.#fillLane(lane, segment));
    [...element.lanes.children].forEach((lane, i) => {
      lane.className = `lane speaker-${this.speakers.slot(block.segments[i].text.speaker_id)}`;
      lane.style.gridColumn = String(((where[i].lane - 1) % 3) + 1);
      lane.style.gridRow = block.lanes.length <= 3 ? `${where[i].from} / ${where[i].to}` : 'auto';
    });
  }

  /** @param {Element} lane @param {Segment} segment */
  #fillLane(lane, segment) {
    /** @type {any} */ const name = lane.querySelector('.turn-header');
    if (name?.speaker !== segment.text.speaker_id) name?.replaceWith(this.#header(segment.text.speaker_id, segment.text.start));
    this.#fillSegment(this.#elements.get(segment.id), segment);
  }

  /** @param {string|undefined} speaker @param {number} start */
  #header(speaker, start) {
    const slot = this.speakers.slot(speaker);
    const header = h('header.turn-header', {}, mark(speaker, slot), nameButton(speaker, slot, this.streamId), h('span.time', {}, clock(start)));
    header.speaker = speaker;
    return header;
  }

  /** @param {Segment} segment */
  #makeSegment(segment) {
    const element = h('p.segment', { 'data-segment': segment.id, tabindex: -1 });
    this.#elements.set(segment.id, element);
    this.#fillSegment(element, segment);
    return element;
  }

  /** @param {any} element @param {Segment} segment */
  #fillSegment(element, segment) {
    if (!element) return;
    const { text, tentative = '', continues } = segment.text;
    const firm = tentative && text.endsWith(tentative) ? text.slice(0, -tentative.length) : tentative === text ? '' : text;
    const said = h('bdi.said', { dir: 'auto' });
    putText(said, firm, this.query);
    if (tentative && firm !== text) said.append(tail(tentative, this.query));
    element.classList.toggle('final', segment.isFinal);
    element.replaceChildren(
      ...(continues ? [this.#continuation(continues)] : []),
      said,
      ...badges(segment.semantic, this.#listed.get(segment.id)).flatMap((badge) => [' ', badge]));
  }

  /** @param {string} id The segment that goes on here. */
  #continuation(id) {
    const name = this.#speakerOf(id);
    return h('button.continues', {
      type: 'button', title: 'Goes on from what was interrupted: go there',
      'aria-label': `Continues what ${name ?? 'they'} said before: go there`, onclick: () => this.goTo(id),
    }, icon('continues'));
  }

  /** One for each speaker, below all that stands. @param {import('./projection.js').SegmentText[]} texts */
  #drawTails(texts) {
    keyed(this.tails, texts, (text) => String(texts.indexOf(text)), (text) => this.#fillTail(h('div.turn.tail'), text), (element, text) => this.#fillTail(element, text));
  }

  /** @param {Element} element @param {import('./projection.js').SegmentText} text */
  #fillTail(element, text) {
    element.replaceChildren(this.#header(text.speaker_id, text.start), h('p.segment', {}, h('bdi.said', { dir: 'auto' }, tail(text.text, ''))));
    return element;
  }
}

/** By segment. @param {import('./outcomes.js').OutcomeView[]} outcomes @returns {Map<string, string[]>} */
function kindsOf(outcomes) {
  /** @type {Map<string, string[]>} */
  const kinds = new Map();
  for (const { segmentId, kind } of outcomes) kinds.set(segmentId, [...new Set([...(kinds.get(segmentId) ?? []), kind])]);
  return kinds;
}

/** An interjection needs less room than what it interrupts. @param {Block} block */
function widths(block) {
  const lengths = [0, 0, 0].slice(0, Math.min(block.lanes.length, 3));
  for (const { text } of block.segments) lengths[block.lanes.indexOf(text.speaker_id) % 3] += text.text.length;
  const longest = Math.max(...lengths);
  return lengths.map((length) => `minmax(0, ${longest > 160 && length < longest / 3 ? 1 : 2}fr)`).join(' ');
}

/** What may still change. @param {string} text @param {string} query */
function tail(text, query) {
  const element = h('span.tentative', { title: 'May still change' });
  putText(element, text, query);
  return element;
}
