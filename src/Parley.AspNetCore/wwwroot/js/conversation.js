import { endStream, streamDetail } from './api.js';
import { Announcer } from './announcer.js';
import { askBecauseRefused, askForKey } from './auth.js';
import { Captions } from './captions.js';
import { ConnectionState } from './connection-state.js';
import { Follow } from './follow.js';
import { shortId } from './format.js';
import { Frame } from './frame.js';
import { notify, notifyProblem } from './notices.js';
import { AnswersPanel, countAnswers } from './panel-answers.js';
import { ContextPanel } from './panel-context.js';
import { FiguresPanel } from './panel-figures.js';
import { SummaryPanel } from './panel-summary.js';
import { isFact, TranscriptProjection } from './projection.js';
import { Log, Replay } from './replay.js';
import { Scrubber } from './scrubber.js';
import { Search } from './search.js';
import { StreamConnection } from './socket.js';
import { SourceBar } from './source-bar.js';
import { Speakers } from './speakers.js';
import { neutralise } from './text.js';

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
  #speed = 1;

  /** @param {string} id */
  constructor(id) {
    this.id = id;
    this.title = `Conversation ${shortId(id)} · Parley`;
    const goTo = (/** @type {string} */ segment) => this.#goTo(segment);
    this.captions = new Captions(this.#speakers, id, goTo);
    this.panels = { summary: new SummaryPanel(id, goTo), answers: new AnswersPanel(goTo), context: new ContextPanel(id), figures: new FiguresPanel(id) };
    this.connection = new StreamConnection(id, { onEnvelope: (e) => this.#hear(e), onState: (s) => this.#connectionChanged(s) });
    this.connectionState = new ConnectionState(() => this.#tryAgain());
    this.state = this.connectionState.element;
    this.sourceBar = new SourceBar(id, this.connection, () => this.#log.duration);
    this.scrubber = new Scrubber(this.#log, {
      seek: (moment) => this.#seek(moment), toggle: () => this.#toggle(), goLive: () => this.#goLive(), setSpeed: (speed) => this.#setSpeed(speed),
    });
    this.search = new Search(this.captions, () => this.follow.stay());
    this.frame = new Frame(id, {
      captions: this.captions, scrubber: this.scrubber.element, search: this.search.element, sourceBar: this.sourceBar.element,
      announcer: this.#announcer.element, panels: this.#tabs(),
    }, { end: () => this.#end(), jump: () => this.#jump(), captionsShown: () => this.follow?.shown() });
    this.element = this.frame.element;
    this.follow = new Follow(this.frame.scroller, this.frame.content, () => this.#drawJump());
    this.connection.open();
    this.#drawSoon();
  }

  #tabs() {
    const { summary, answers, context, figures } = this.panels;
    return [
      { id: 'summary', label: 'Summary', panel: summary.element, onShow: () => this.#drawSoon() },
      { id: 'answers', label: 'Answers', panel: answers.element, onShow: () => this.#drawSoon() },
      { id: 'context', label: 'Context', panel: context.element, onShow: (/** @type {boolean} */ isShown) => context.show(isShown) },
      {
        id: 'figures', label: 'Figures', panel: figures.element, onShow: (/** @type {boolean} */ isShown) => {
          figures.show(isShown);
          this.#drawSoon();
        },
      },
    ];
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
    this.frame.stop();
  }

  /** @param {Envelope} envelope */
  #hear(envelope) {
    const { type, payload } = envelope;
    if (type === 'ERROR') return notify(payload.message, { isError: true });
    this.sourceBar.hear(envelope);
    const wasLast = this.#live.lastEventId;
    this.#live.apply(envelope);
    // Only now is it sure that there is such a conversation, and that it may be read.
    if (wasLast === 0) this.#readTitle();
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
    this.frame.tabs.count('summary', view.outcomes.length);
    this.frame.tabs.count('answers', countAnswers(view));
    this.scrubber.draw({ isLive: !this.#replay, isEnded: this.#live.stats !== null, isPlaying: this.#replay?.isPlaying ?? false, moment: this.#replay?.moment ?? 0 });
    if (this.#drawnTimeline !== this.#log.facts.length) {
      this.#drawnTimeline = this.#log.facts.length;
      this.scrubber.timeline.draw(this.#live.segments, this.#log.duration, this.#speakers);
    }
    this.frame.draw({ live: this.#live, view, replayed: this.#replay?.moment ?? null, duration: this.#log.duration, connection: this.connection.state });
    this.#drawJump();
    this.follow.keep();
  }

  /** Only the panel that is looked at. @param {TranscriptProjection} view */
  #drawPanel(view) {
    const { summary, answers, figures } = this.panels;
    const isShown = (/** @type {{element: Element}} */ { element }) => element.hasAttribute('data-selected');
    if (isShown(summary)) summary.draw(view);
    if (isShown(answers)) answers.draw(view);
    if (isShown(figures)) figures.draw(view, this.#replay ? this.#replay.moment : this.#log.duration, this.#replay === null);
  }

  #drawJump() {
    if (this.follow.isFollowing) this.#unseen = 0;
    this.frame.drawJump({
      isNeeded: !this.follow.isFollowing && this.captions.shown.length > 0, isReplay: this.#replay !== null, isEnded: this.#live.stats !== null, unseen: this.#unseen,
    });
  }

  #jump() {
    this.follow.toEnd();
    this.#drawJump();
    this.frame.scroller.focus({ preventScroll: true });
  }

  /** @param {string} segment */
  #goTo(segment) {
    if (this.frame.narrow.matches) this.frame.tabs.select('captions');
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
      this.#replay.speed = this.#speed;
      this.panels.context.setReplay(true);
    }
    this.follow.toEnd();
    this.#replay.seek(moment);
  }

  /** @param {number} speed */
  #setSpeed(speed) {
    this.#speed = speed;
    if (this.#replay) this.#replay.speed = speed;
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

  /** No event tells the title. Without it the page has the id. */
  async #readTitle() {
    const { title } = await streamDetail(this.id).catch(() => ({}));
    if (!title || this.#frame === -1) return;
    this.title = document.title = `${neutralise(title)} · Parley`;
    this.frame.setTitle(title);
  }

  async #end() {
    this.frame.end.disabled = true;
    this.sourceBar.stopSending();
    await endStream(this.id).catch(notifyProblem);
    this.frame.end.disabled = false;
  }

  /** @param {import('./socket.js').State} state */
  #connectionChanged(state) {
    this.connectionState?.draw(state);
    if (state.name === 'refused' && state.code === 'UNAUTHORIZED') askBecauseRefused().then((isGiven) => isGiven && this.connection.reconnect());
    this.#drawSoon();
  }

  async #tryAgain() {
    if (this.connection.state.code === 'UNAUTHORIZED' && !(await askForKey(true))) return;
    this.connection.reconnect();
  }
}

// What may change the context.
const FRESH = new Set(['FINALIZED', 'SPEAKER_REVISION', 'SUMMARY']);
