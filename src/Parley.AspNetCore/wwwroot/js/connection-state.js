import { h } from './dom.js';

/** How the page stands with the server, in words. */
export class ConnectionState {
  #label = h('span');
  #retry = h('button.link-button', { type: 'button' }, 'Try now');
  #wait = h('span.countdown', { 'aria-hidden': 'true' });
  /** @type {number|undefined} */ #timer;
  element = h('div.connection', {}, h('span.dot', { 'aria-hidden': 'true' }), h('span', { role: 'status' }, this.#label), this.#wait, this.#retry);

  /** @param {() => void} retry */
  constructor(retry) {
    this.#retry.addEventListener('click', retry);
  }

  /** @param {import('./socket.js').State} state */
  draw(state) {
    window.clearInterval(this.#timer);
    this.element.dataset.state = state.name;
    this.#label.textContent = WORDS[state.name];
    this.#retry.hidden = state.name !== 'waiting' && state.name !== 'refused';
    this.#wait.textContent = '';
    if (state.name === 'waiting') {
      this.#count(state.retryAt ?? 0);
      this.#timer = window.setInterval(() => this.#count(state.retryAt ?? 0), 1000);
    }
  }

  /** @param {number} at */
  #count(at) {
    const seconds = Math.ceil((at - Date.now()) / 1000);
    this.#wait.textContent = seconds > 1 ? `again in ${seconds} s` : 'trying …';
  }

  stop() {
    window.clearInterval(this.#timer);
  }
}

/** @type {Record<string, string>} */
const WORDS = {
  connecting: 'Connecting',
  live: 'Live',
  waiting: 'Connection lost',
  ended: 'Ended',
  refused: 'Not connected',
  closed: 'Closed',
};
