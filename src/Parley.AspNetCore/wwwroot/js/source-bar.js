import { h, icon } from './dom.js';
import { Microphone, microphoneProblem } from './microphone.js';
import { sampleOf, wantsMicrophone } from './sources.js';

/** What this page itself sends into the conversation: the sample, or the microphone. */
export class SourceBar {
  /** @type {Microphone|null} */ #microphone = null;
  #label = h('span.source-label', { role: 'status' });
  #share = h('span.source-share');
  #problem = h('span.error', { role: 'alert' });
  #speed = h('select', { 'aria-label': 'Speed of the sample' }, [1, 2, 4, 10, 50].map((times) => h('option', { value: times }, `${times}×`)));
  #stop = h('button.button.small', { type: 'button' }, icon('stop'), 'Stop');
  #listener = (/** @type {Event} */ event) => this.#changed(event);
  element = h('div.source-bar', { hidden: true }, this.#label, this.#share, this.#problem, this.#speed, this.#stop);

  /** @param {string} streamId @param {import('./socket.js').StreamConnection} connection @param {() => number} duration Of the stream so far. */
  constructor(streamId, connection, duration) {
    this.streamId = streamId;
    this.connection = connection;
    this.duration = duration;
    const sample = sampleOf(streamId);
    if (sample) this.#speed.value = String(sample.speed);
    this.#speed.addEventListener('change', () => sampleOf(streamId)?.setSpeed(Number(this.#speed.value)));
    this.#stop.addEventListener('click', () => this.stopSending());
    document.addEventListener('parley:source', this.#listener);
    this.isWaitingForMicrophone = wantsMicrophone(streamId);
    this.#draw();
  }

  /** @param {import('./projection.js').Envelope} envelope */
  hear({ type, payload }) {
    if (type === 'CHUNK_ACK') this.#microphone?.acknowledged(payload);
    if (type === 'SESSION_ENDED') this.#microphone?.stop();
    if (type !== 'SESSION_RESUMED') return;
    this.#microphone?.resumed(payload.expected ?? {});
    if (this.isWaitingForMicrophone) this.listen();
  }

  listen() {
    this.isWaitingForMicrophone = false;
    const problem = microphoneProblem();
    if (problem) {
      this.#problem.textContent = problem;
      this.element.hidden = false;
      return;
    }
    this.#microphone = new Microphone((message) => this.connection.send(message), () => this.#draw(), this.duration());
    this.#microphone.start();
  }

  stopSending() {
    sampleOf(this.streamId)?.stop();
    this.#microphone?.stop();
  }

  stop() {
    this.#microphone?.stop();
    document.removeEventListener('parley:source', this.#listener);
  }

  /** @param {any} event */
  #changed(event) {
    if (event.detail === this.streamId) this.#draw();
  }

  #draw() {
    const sample = sampleOf(this.streamId);
    const source = this.#microphone ?? sample;
    this.element.hidden = !source || (source === sample && sample.isDone && !sample.problem);
    if (!source) return;
    if (this.#label.textContent !== source.label) this.#label.textContent = source.label;
    this.#share.textContent = source === sample ? sample.share : '';
    if (this.#problem.textContent !== source.problem && source === sample) this.#problem.textContent = source.problem;
    this.#speed.hidden = source !== sample || sample.isDone;
    this.#stop.hidden = source === sample ? sample.isDone : !this.#microphone?.isListening;
  }
}
