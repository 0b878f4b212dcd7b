import { listStreams, openStream } from './api.js';
import { h, icon, keyed } from './dom.js';
import { clock, number, plural, shortId, when } from './format.js';
import { meter } from './metrics.js';
import { microphoneProblem } from './microphone.js';
import { notifyProblem, problemIn } from './notices.js';
import { ServerCharts } from './panel-figures.js';
import { openSample } from './sample.js';
import { addSample, wantMicrophone } from './sources.js';

const EVERY = 2_000;

/** @typedef {{id: string, state: string, startedAt: number|null, duration: number|null, speakers: number|null, segments: number|null, events: number|null}} Row */

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
  #charts = new ServerCharts();
  #unwatch = meter.watch((m) => this.#charts.draw(m));
  /** @type {number|undefined} */ #timer;
  #isStopped = false;

  constructor() {
    this.element = h('div.streams-view', {},
      h('section.list', { 'aria-labelledby': 'list-title' },
        h('div.list-head', {}, h('h1', { id: 'list-title' }, 'Conversations'), this.#status),
        begin(),
        h('div.table-wrap', {}, this.#table)),
      h('aside.server', { 'aria-labelledby': 'server-title' }, h('h2', { id: 'server-title' }, 'The server'), this.#charts.element));
    this.#table.hidden = true;
    this.#read();
  }

  stop() {
    this.#isStopped = true;
    window.clearTimeout(this.#timer);
    this.#unwatch();
  }

  async #read() {
    if (!document.hidden) {
      try {
        const rows = (await listStreams()).map(toRow);
        if (this.#isStopped) return;
        this.#draw(rows);
      } catch (problem) {
        if (this.#isStopped) return;
        this.#status.textContent = problemIn(problem);
        this.#status.dataset.error = '';
      }
    }
    this.#timer = window.setTimeout(() => this.#read(), EVERY);
  }

  /** @param {Row[]} rows */
  #draw(rows) {
    const live = rows.filter(({ state }) => state === 'live').length;
    const text = rows.length ? `${plural(live, 'live conversation')}, ${number(rows.length)} in all` : 'There is no conversation yet. Play the sample to see one unfold.';
    if (this.#status.textContent !== text) this.#status.textContent = text;
    delete this.#status.dataset.error;
    this.#table.hidden = rows.length === 0;
    rows.sort((a, b) => Number(b.state === 'live') - Number(a.state === 'live') || (b.startedAt ?? 0) - (a.startedAt ?? 0));
    keyed(this.#rows, rows, (row) => row.id, makeRow, fillRow);
  }
}

/** What a list entry says, whatever the server leaves out. @param {any} stream @returns {Row} */
function toRow(stream) {
  const started = stream.started_at ?? stream.ts_started ?? null;
  return {
    id: stream.stream_id, state: stream.state, startedAt: typeof started === 'string' ? Date.parse(started) : started,
    duration: stream.duration_sec ?? null,
    speakers: Array.isArray(stream.speakers) ? stream.speakers.length : stream.speakers ?? null,
    segments: stream.segments ?? null, events: stream.last_event_id ?? null,
  };
}

/** @param {Row} row */
function makeRow(row) {
  return fillRow(h('tr', { 'data-stream': row.id }), row);
}

/** @param {any} element @param {Row} row */
function fillRow(element, row) {
  element.link ??= h('a', { href: `#/${row.id}`, 'aria-label': `Conversation ${shortId(row.id)}` });
  element.columns ??= ['', '', 'speakers', 'segments', 'events'].map((unit, i) => h(`td${i ? '.figure' : ''}`, { 'data-unit': unit || null }));
  if (!element.firstChild) element.append(h('th', { scope: 'row' }, element.link), ...element.columns);
  element.link.replaceChildren(h('span.stream-when', {}, row.startedAt ? when(row.startedAt) : shortId(row.id)), h('code', {}, shortId(row.id)));
  element.columns[0].replaceChildren(h('span.state', { 'data-state': row.state }, row.state));
  const figures = [row.duration === null ? '–' : clock(row.duration), ...[row.speakers, row.segments, row.events].map((n) => (n === null ? '–' : number(n)))];
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
