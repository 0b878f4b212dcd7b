import { ApiError, listStreams, openStream } from './api.js';
import { h, icon, keyed } from './dom.js';
import { clock, number, plural, shortId, when } from './format.js';
import { meter } from './metrics.js';
import { microphoneProblem } from './microphone.js';
import { notifyProblem, problemIn } from './notices.js';
import { ServerCharts } from './panel-figures.js';
import { openSample } from './sample.js';
import { addSample, wantMicrophone } from './sources.js';

const EVERY = 2_000;
const FEW = 50;
const MOST = 200;

/** @typedef {{stream_id: string, state: 'live'|'draining'|'ended', started_at: string, duration_sec: number, speakers: number, segments: number, last_event_id: number, title?: string, is_unreadable?: boolean}} Stream */

/** All conversations at a glance, and the ways to begin one. */
export class StreamsView {
  title = 'Conversations · Parley';
  #rows = h('tbody');
  #table = h('table.streams', {},
    h('caption.visually-hidden', {}, 'Conversations on this server'),
    h('thead', {}, h('tr', {}, ['Conversation', 'State', 'Length', 'Speakers', 'Segments', 'Events'].map((name, i) =>
      h(`th${i > 1 ? '.figure' : ''}`, { scope: 'col' }, name)))),
    this.#rows);
  #status = h('p.list-status', { role: 'status' }, 'Looking for conversations …');
  #more = h('button.button', { type: 'button', hidden: true, onclick: () => this.#showMore() }, 'Show older ones');
  #limit = FEW;
  #charts = new ServerCharts();
  #unwatch = meter.watch((m) => this.#charts.draw(m));
  /** @type {number|undefined} */ #timer;
  #isStopped = false;

  constructor() {
    this.element = h('div.streams-view', {},
      h('section.list', { 'aria-labelledby': 'list-title' },
        h('div.list-head', {}, h('h1', { id: 'list-title' }, 'Conversations'), this.#status),
        begin(),
        this.#table, this.#more),
      h('aside.server', { 'aria-labelledby': 'server-title' }, h('h2', { id: 'server-title' }, 'The server'), this.#charts.element));
    this.#table.hidden = true;
    this.#read();
  }

  stop() {
    this.#isStopped = true;
    window.clearTimeout(this.#timer);
    this.#unwatch();
  }

  #showMore() {
    this.#limit = MOST;
    window.clearTimeout(this.#timer);
    this.#read();
  }

  async #read() {
    if (!document.hidden) {
      try {
        const { streams, before } = await listStreams(this.#limit);
        if (this.#isStopped) return;
        this.#draw(streams, Boolean(before));
      } catch (problem) {
        if (this.#isStopped) return;
        this.#status.textContent = problemIn(problem);
        this.#status.dataset.error = '';
        if (problem instanceof ApiError && problem.status === 401) return document.addEventListener('parley:key', () => this.#isStopped || this.#read(), { once: true });
      }
    }
    this.#timer = window.setTimeout(() => this.#read(), EVERY);
  }

  /** @param {Stream[]} streams @param {boolean} hasMore */
  #draw(streams, hasMore) {
    const live = streams.filter(({ state }) => state === 'live').length;
    const text = streams.length === 0 ? 'There is no conversation yet. Play the sample to see one unfold.'
      : `${plural(live, 'live conversation')}, ${hasMore ? `the newest ${number(streams.length)} shown` : `${number(streams.length)} in all`}`;
    if (this.#status.textContent !== text) this.#status.textContent = text;
    delete this.#status.dataset.error;
    this.#table.hidden = streams.length === 0;
    this.#more.hidden = !hasMore || this.#limit === MOST;
    // Sorting is stable: among the live and among the others the newest stay first.
    keyed(this.#rows, streams.toSorted((a, b) => Number(b.state === 'live') - Number(a.state === 'live')), (stream) => stream.stream_id, makeRow, fillRow);
  }
}

/** @param {Stream} stream */
function makeRow(stream) {
  return fillRow(h('tr', { 'data-stream': stream.stream_id }), stream);
}

/** @param {any} element @param {Stream} stream */
function fillRow(element, stream) {
  const name = shortId(stream.stream_id);
  element.link ??= h('a', { href: `#/${stream.stream_id}` });
  element.columns ??= ['', '', 'speakers', 'segments', 'events'].map((unit, i) => h(`td${i ? '.figure' : ''}`, { 'data-unit': unit || null }));
  if (!element.firstChild) element.append(h('th', { scope: 'row' }, element.link), ...element.columns);
  const figures = [clock(stream.duration_sec), number(stream.speakers), number(stream.segments), number(stream.last_event_id)];
  const state = stream.is_unreadable ? 'unreadable' : stream.state;
  const signature = JSON.stringify([stream.title, state, when(Date.parse(stream.started_at)), figures]);
  if (element.signature === signature) return element;
  element.signature = signature;
  element.link.setAttribute('aria-label', `Conversation ${stream.title ?? name}`);
  element.link.replaceChildren(
    h('span.stream-when', {}, when(Date.parse(stream.started_at))), stream.title ? h('span.stream-title', { title: stream.title }, stream.title) : h('code', {}, name));
  element.columns[0].replaceChildren(h('span.state', { 'data-state': state, title: stream.is_unreadable ? 'What is kept of it is damaged: it takes nothing more' : null }, state));
  figures.forEach((figure, i) => (element.columns[i + 1].textContent = figure));
  return element;
}

/** The three ways to begin. */
function begin() {
  const speed = h('select', { id: 'sample-speed', 'aria-label': 'Speed of the sample' },
    [1, 2, 4, 10].map((times) => h('option', { value: times, selected: times === 2 }, `${times}×`)));
  const problem = microphoneProblem();
  const play = h('button.button.primary', { type: 'button', id: 'play-sample' }, icon('play'), 'Play a sample');
  const fresh = h('button.button', { type: 'button', id: 'new-stream' }, icon('plus'), 'New conversation');
  const speak = h('button.button', { type: 'button', id: 'use-microphone', disabled: Boolean(problem), 'aria-describedby': problem ? 'mic-note' : null }, icon('mic'), 'Use my microphone');
  play.addEventListener('click', () => once(play, async () => {
    const player = await openSample(Number(speed.value));
    addSample(player);
    return player.streamId;
  }));
  fresh.addEventListener('click', () => once(fresh, () => openStream()));
  speak.addEventListener('click', () => once(speak, async () => {
    const id = await openStream();
    wantMicrophone(id);
    return id;
  }));
  return h('div.begin', {}, h('div.begin-actions', {}, h('span.joined', {}, play, speed), fresh, speak),
    problem && h('p.note', { id: 'mic-note' }, problem));
}

/** @param {any} button @param {() => Promise<string>} open */
async function once(button, open) {
  button.disabled = true;
  try {
    location.hash = `#/${await open()}`;
  } catch (problem) {
    notifyProblem(problem);
  } finally {
    button.disabled = false;
  }
}
