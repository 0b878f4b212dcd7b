import { endStream } from './api.js';
import { Announcer } from './announcer.js';
import { askForKey } from './auth.js';
import { Captions } from './captions.js';
import { ConnectionState } from './connection-state.js';
import { h, icon } from './dom.js';
import { exportMenu } from './exporter.js';
import { Follow } from './follow.js';
import { clock, plural, shortId } from './format.js';
import { notify, notifyProblem } from './notices.js';
import { AnswersPanel, questionsOf } from './panel-answers.js';
import { ContextPanel } from './panel-context.js';
import { FiguresPanel } from './panel-figures.js';
import { SummaryPanel, taken } from './panel-summary.js';
import { isFact, TranscriptProjection } from './projection.js';
import { Log, Replay } from './replay.js';
import { Scrubber } from './scrubber.js';
import { Search } from './search.js';
import { StreamConnection } from './socket.js';
import { SourceBar } from './source-bar.js';
import { Speakers } from './speakers.js';
import { tabList } from './tabs.js';

/** @typedef {import('./projection.js').Envelope} Envelope */

/** One conversation: live as it happens, or again from its log. */
export class ConversationView {
  #live = new TranscriptProjection();
  #log = new Log();
  #speakers = new Speakers();
  #announcer = new Announcer();
  /** @type {Replay|null} */ #replay = null;
  #frame = 0;
  #drawnTimeline = -1;
  #unseen = 0;
  #restUntil = 0;

  /** @param {string} id */
  constructor(id) {
    this.id = id;
    this.title = `Conversation ${shortId(id)} · Parley`;
    const goTo = (/** @type {string} */ segment) => this.#goTo(segment);
    this.captions = new Captions(this.#speakers, id, goTo);
    this.panels = { summary: new SummaryPanel(goTo), answers: new AnswersPanel(goTo), context: new ContextPanel(id), figures: new FiguresPanel() };
    this.connection = new StreamConnection(id, { onEnvelope: (e) => this.#hear(e), onState: (s) => this.#connectionChanged(s) });
    this.connectionState = new ConnectionState(() => this.#tryAgain());
    this.state = this.connectionState.element;
    this.sourceBar = new SourceBar(id, this.connection, () => this.#log.duration);
    this.scrubber = new Scrubber(this.#log, {
      seek: (moment) => this.#seek(moment), toggle: () => this.#toggle(), goLive: () => this.#goLive(),
      setSpeed: (speed) => { this.speed = speed; if (this.#replay) this.#replay.speed = speed; },
    });
    this.speed = 1;
    this.search = new Search(this.captions, () => this.follow.stay());
    this.#build();
    this.follow = new Follow(this.scroller, this.content, () => this.#drawJump());
    this.connection.open();
    this.#drawSoon();
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = -1;
    this.#replay?.pause();
    this.connection.close();
    this.connectionState.stop();
    this.sourceBar.stop();
    this.panels.figures.show(false);
    this.panels.context.stop();
    this.follow.stop();
  }

  #build() {
    this.heading = h('h1.conversation-title', {}, 'Conversation ', h('code', {}, shortId(this.id)));
    this.figures = h('p.conversation-figures');
    this.end = h('button.button', { type: 'button', id: 'end', onclick: () => this.#end() }, icon('stop'), 'End');
    this.empty = h('div.captions-empty', { role: 'status' }, h('p', {}, 'Connecting …'));
    this.jump = h('button.button.jump', { type: 'button', id: 'jump', hidden: true, onclick: () => this.#jump() });
    this.banner = h('p.replay-banner', { role: 'status', hidden: true });
    this.content = h('div.captions-content', {}, this.empty, this.captions.element, this.captions.tail);
    this.scroller = h('section.captions', { 'aria-label': 'Captions', tabindex: 0 }, this.content);
    const captions = h('div.captions-pane', {}, this.banner, h('div.captions-frame', {}, this.scroller, this.jump), this.scrubber.element);
    this.tabs = tabList('About this conversation', [
      { id: 'captions', label: 'Captions', panel: captions, onShow: (is) => is && this.follow?.keep() },
      { id: 'summary', label: 'Summary', panel: this.panels.summary.element, onShow: () => this.#drawSoon() },
      { id: 'answers', label: 'Answers', panel: this.panels.answers.element, onShow: () => this.#drawSoon() },
      { id: 'context', label: 'Context', panel: this.panels.context.element, onShow: (is) => this.panels.context.show(is) },
      { id: 'figures', label: 'Figures', panel: this.panels.figures.element, onShow: (is) => { this.panels.figures.show(is); this.#drawSoon(); } },
    ]);
    // On a narrow screen captions are one of the tabs; on a wide one they always show, beside another.
    captions.removeAttribute('tabindex');
    this.narrow = matchMedia('(max-width: 60rem)');
    this.narrow.onchange = () => this.#fitTabs();
    this.element = h('div.conversation', {},
      h('div.conversation-head', {}, h('div.conversation-names', {}, this.heading, this.figures),
        h('div.conversation-tools', {}, this.search.element, exportMenu(this.id), this.end)),
      this.sourceBar.element,
      h('div.conversation-body', {}, captions,
        h('aside.side', { 'aria-label': 'What came of it' }, this.tabs.element, ...Object.values(this.panels).map(({ element }) => element))),
      this.#announcer.element);
    this.#fitTabs();
  }

  #fitTabs() {
    this.tabs.select(this.narrow.matches ? 'captions' : 'summary');
  }

  /** @param {Envelope} envelope */
  #hear(envelope) {
    const { type, payload } = envelope;
    if (type === 'ERROR') return notify(payload.message, { isError: true });
    this.sourceBar.hear(envelope);
    const wasLast = this.#live.lastEventId;
    this.#live.apply(envelope);
    if (isFact(envelope) && envelope.event_id > wasLast) {
      this.#log.add(envelope);
      if (type === 'SPEAKER_REVISION') this.#speakers.revise(payload);
      if (FRESH.has(type)) this.panels.context.changed();
    }
    const delay = Date.now() + this.connection.clock.ahead - envelope.ts_server;
    // What was stored before comes at once; only what is told as it happens tells of delays and is read out.
    const isNews = delay < 5_000 && this.connection.clock.roundTrip !== Infinity;
    if (isNews && (type === 'PARTIAL' || type === 'FINALIZED')) this.panels.figures.arrived(delay);
    if (isNews && type === 'FINALIZED' && envelope.segment_id && !this.#replay) {
      const segment = this.#live.segment(envelope.segment_id);
      if (segment) this.#announcer.say(segment);
      if (!this.follow.isFollowing) this.#unseen++;
    }
    this.#drawSoon();
  }

  #drawSoon() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#drawUnlessBusy(now));
  }

  /** Thousands of facts that come at once are not drawn one by one: a draw that took long is followed by a pause as long. @param {number} now */
  #drawUnlessBusy(now) {
    this.#frame = 0;
    if (now < this.#restUntil) return this.#drawSoon();
    this.#draw();
    const end = performance.now();
    this.#restUntil = end + (end - now);
  }

  #draw() {
    const view = this.#replay?.view ?? this.#live;
    this.captions.draw(view);
    this.search.refresh();
    this.#drawPanel(view);
    this.tabs.count('summary', taken(view, 'decision', 'decisions').length + taken(view, 'action_item', 'actions').length);
    this.tabs.count('answers', questionsOf(view).length);
    this.scrubber.draw({ isLive: !this.#replay, isEnded: this.#live.stats !== null, isPlaying: this.#replay?.isPlaying ?? false, moment: this.#replay?.moment ?? 0 });
    if (this.#drawnTimeline !== this.#log.facts.length) {
      this.#drawnTimeline = this.#log.facts.length;
      this.scrubber.timeline.draw(this.#live.segments, this.#log.duration, this.#speakers);
    }
    this.#drawHead(view);
    this.#drawJump();
    this.follow.keep();
  }

  /** Only the panel that is looked at. @param {TranscriptProjection} view */
  #drawPanel(view) {
    const { summary, answers, figures } = this.panels;
    const isShown = ({ element }) => element.hasAttribute('data-selected');
    if (isShown(summary)) summary.draw(view);
    if (isShown(answers)) answers.draw(view);
    if (isShown(figures)) figures.draw(view, this.#replay ? this.#replay.moment : this.#log.duration);
  }

  /** @param {TranscriptProjection} view */
  #drawHead(view) {
    const speakers = new Set(this.#live.segments.map(({ text }) => text.speaker_id)).size;
    this.figures.textContent = this.#log.facts.length ? [clock(this.#log.duration), plural(speakers, 'speaker'), plural(this.#live.segments.length, 'segment')].join(' · ') : '';
    this.end.hidden = this.#live.stats !== null;
    const isEmpty = view.segments.length === 0 && !view.tentative;
    this.empty.hidden = !isEmpty;
    if (isEmpty) this.#drawEmpty();
    this.banner.hidden = !this.#replay;
    this.element.dataset.mode = this.#replay ? 'replay' : 'live';
    if (this.#replay) this.banner.textContent = `Replay: the conversation as it was at ${clock(this.#replay.moment)}. What came later is hidden.`;
  }

  #drawEmpty() {
    const { name, reason } = this.connection.state;
    const text = name === 'refused' ? reason ?? 'The server refused.'
      : this.#replay ? 'Nothing had been said yet.'
        : this.#live.stats ? 'Nothing was said in this conversation.'
          : name === 'live' ? 'Waiting for the first words.'
            : name === 'waiting' ? 'The server cannot be reached. The page goes on trying.' : 'Connecting …';
    if (this.empty['shown'] === text) return;
    this.empty['shown'] = text;
    this.empty.replaceChildren(h('p', {}, text));
    if (name === 'live' && !this.#live.stats) this.empty.append(h('p.note', {}, 'Send text to it from a recogniser, or with'), h('pre', { tabindex: 0 },
      `curl ${location.origin}/v1/streams/${this.id}/chunks \\\n  -H 'Content-Type: application/json' \\\n  -d '[{"sequence":1,"start":0,"end":1.5,"text":"Hello.","speaker_id":"ana"}]'`));
  }

  #drawJump() {
    if (this.follow.isFollowing) this.#unseen = 0;
    this.jump.hidden = this.follow.isFollowing || this.captions.shown.length === 0;
    const label = this.#replay ? 'Jump to the replayed moment' : this.#live.stats ? 'Jump to the end' : this.#unseen ? `Jump to live, ${this.#unseen} new` : 'Jump to live';
    if (this.jump.textContent !== label) this.jump.replaceChildren(icon('down'), label);
  }

  #jump() {
    this.follow.toEnd();
    this.#drawJump();
    this.scroller.focus({ preventScroll: true });
  }

  /** @param {string} segment */
  #goTo(segment) {
    if (this.narrow.matches) this.tabs.select('captions');
    const element = this.captions.elementOf(segment);
    if (!(element instanceof HTMLElement) || !element.isConnected) return notify('That is not shown at this moment of the replay.');
    this.follow.stay();
    element.scrollIntoView({ block: 'center' });
    element.focus({ preventScroll: true });
  }

  /** @param {number} moment */
  #seek(moment) {
    if (!this.#replay) {
      this.#replay = new Replay(this.#log, () => this.#drawSoon());
      this.#replay.speed = this.speed;
      this.panels.context.setReplay(true);
    }
    this.follow.toEnd();
    this.#replay.seek(moment);
  }

  #toggle() {
    if (!this.#replay) this.#seek(0);
    if (this.#replay?.isPlaying) this.#replay.pause();
    else this.#replay?.play();
  }

  #goLive() {
    this.#replay?.pause();
    this.#replay = null;
    this.panels.context.setReplay(false);
    this.follow.toEnd();
    this.#drawSoon();
  }

  async #end() {
    this.end.disabled = true;
    this.sourceBar.stopSending();
    await endStream(this.id).catch(notifyProblem);
    this.end.disabled = false;
  }

  /** @param {import('./socket.js').State} state */
  #connectionChanged(state) {
    this.connectionState?.draw(state);
    if (state.name === 'refused' && state.code === 'UNAUTHORIZED') this.#tryAgain(true);
    this.#drawSoon();
  }

  async #tryAgain(wasRefused = false) {
    if (this.connection.state.code === 'UNAUTHORIZED' && !(await askForKey(wasRefused))) return;
    this.connection.reconnect();
  }
}

// What may change the context.
const FRESH = new Set(['FINALIZED', 'SPEAKER_REVISION', 'SUMMARY']);
