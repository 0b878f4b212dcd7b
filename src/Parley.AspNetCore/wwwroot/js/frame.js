import { address } from './address.js';
import { at } from './api.js';
import { key } from './auth.js';
import { h, icon } from './dom.js';
import { exportMenu } from './exporter.js';
import { clock, plural, shortId } from './format.js';
import { tabList } from './tabs.js';
import { neutralise } from './text.js';

/**
 * What a conversation's page says about itself now.
 * @typedef {{live: import('./projection.js').TranscriptProjection, view: import('./projection.js').TranscriptProjection,
 *   replayed: number|null, duration: number, connection: import('./socket.js').State}} Moment
 */

/** The parts of a conversation's page in their places, and the words between them. */
export class Frame {
  #title = h('h1.conversation-title');
  #figures = h('p.conversation-figures');
  #empty = h('div.captions-empty', { role: 'status' });
  #shownEmpty = '';
  #now = h('span');
  #banner = h('p.replay-banner', { hidden: true }, h('span', { role: 'status' }, 'Replay: what came later is hidden.'), ' ', this.#now);

  /**
   * @param {string} id
   * @param {{captions: import('./captions.js').Captions, scrubber: Element, search: Element, sourceBar: Element, announcer: Element,
   *   panels: {id: string, label: string, panel: HTMLElement, onShow: (isShown: boolean) => void}[]}} parts
   * @param {{end: () => void, jump: () => void, captionsShown: () => void}} actions
   */
  constructor(id, parts, actions) {
    this.id = id;
    this.end = h('button.button', { type: 'button', id: 'end', onclick: actions.end }, icon('stop'), 'End');
    this.jump = h('button.button.jump', { type: 'button', id: 'jump', hidden: true, onclick: actions.jump });
    this.content = h('div.captions-content', {}, this.#empty, parts.captions.element, parts.captions.tails);
    this.scroller = h('section.captions', { 'aria-label': 'Captions', tabindex: 0 }, this.content);
    const captions = h('div.captions-pane', {}, this.#banner, h('div.captions-frame', {}, this.scroller, this.jump), parts.scrubber);
    this.tabs = tabList('About this conversation', [
      { id: 'captions', label: 'Captions', panel: captions, onShow: (isShown) => isShown && actions.captionsShown() }, ...parts.panels]);
    captions.removeAttribute('tabindex');
    this.element = h('div.conversation', {},
      h('div.conversation-head', {},
        h('div.conversation-names', {}, this.#title, this.#figures),
        h('div.conversation-tools', {}, parts.search, exportMenu(id), this.end)),
      parts.sourceBar,
      h('div.conversation-body', {}, captions,
        h('aside.side', { 'aria-label': 'What came of it' }, this.tabs.element, parts.panels.map(({ panel }) => panel))),
      parts.announcer);
    // On a narrow screen captions are one of the tabs; on a wide one they always show, beside another.
    this.narrow = matchMedia('(max-width: 60rem)');
    this.narrow.onchange = () => this.#fit();
    this.#fit();
    this.setTitle();
  }

  /** @param {string} [title] As the client gave it; without one the conversation is called by its id. */
  setTitle(title) {
    this.#title.replaceChildren(title ? h('bdi.conversation-name', { title: neutralise(title) }, title) : 'Conversation', ' ', h('code', {}, shortId(this.id)));
  }

  #fit() {
    this.tabs.select(this.narrow.matches ? 'captions' : 'summary');
  }

  stop() {
    this.narrow.onchange = null;
  }

  /** @param {Moment} moment */
  draw(moment) {
    const { live, view, replayed, duration } = moment;
    const speakers = new Set(live.segments.map(({ text }) => text.speaker_id)).size;
    const begin = live.segments.reduce((least, { text }) => Math.min(least, text.start), duration);
    this.#figures.textContent = live.lastEventId ? [clock(duration - begin), plural(speakers, 'speaker'), plural(live.segments.length, 'segment')].join(' · ') : '';
    this.end.hidden = live.stats !== null;
    this.element.dataset.mode = replayed === null ? 'live' : 'replay';
    this.#banner.hidden = replayed === null;
    if (replayed !== null) this.#now.textContent = `The conversation as it was at ${clock(replayed)}.`;
    this.#empty.hidden = view.segments.length > 0 || view.tentatives.length > 0;
    if (!this.#empty.hidden) this.#drawEmpty(moment);
  }

  /** @param {Moment} moment */
  #drawEmpty({ live, replayed, connection: { name, reason } }) {
    const text = name === 'refused' ? reason ?? 'The server refused.'
      : replayed !== null ? 'Nothing had been said yet.'
        : live.stats ? 'Nothing was said in this conversation.'
          : name === 'live' ? 'Waiting for the first words.'
            : name === 'waiting' ? 'The server cannot be reached. The page goes on trying.' : 'Connecting …';
    if (this.#shownEmpty === text) return;
    this.#shownEmpty = text;
    this.#empty.replaceChildren(h('p', {}, text));
    if (name === 'live' && !live.stats && replayed === null) this.#empty.append(h('p.note', {}, 'Send text to it from a recogniser, or with'), h('pre', { tabindex: 0 },
      `curl ${address(`${at(this.id)}/chunks`)} \\\n${key() ? '  -H "Authorization: Bearer $PARLEY_KEY" \\\n' : ''}  -H 'Content-Type: application/json' \\\n  -d '[{"sequence":1,"start":0,"end":1.5,"text":"Hello.","speaker_id":"ana"}]'`));
  }

  /** The way back to the newest words. @param {{isNeeded: boolean, isReplay: boolean, isEnded: boolean, unseen: number}} state */
  drawJump({ isNeeded, isReplay, isEnded, unseen }) {
    this.jump.hidden = !isNeeded;
    const label = isReplay ? 'Jump to the replayed moment' : isEnded ? 'Jump to the end' : unseen ? `Jump to live, ${unseen} new` : 'Jump to live';
    if (this.jump.textContent !== label) this.jump.replaceChildren(icon('down'), label);
  }
}
