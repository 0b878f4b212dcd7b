import { h, icon } from './dom.js';
import { clock, spokenClock } from './format.js';
import { Timeline } from './timeline.js';

const STEPS = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -30, PageUp: 30 };

/** The bar below the captions: where in the conversation one is, and whether that is live or a replay. */
export class Scrubber {
  timeline = new Timeline();
  #shownDuration = -1;

  /**
   * @param {import('./replay.js').Log} log
   * @param {{seek: (moment: number) => void, toggle: () => void, setSpeed: (speed: number) => void, goLive: () => void}} actions
   */
  constructor(log, actions) {
    this.log = log;
    this.play = h('button.icon-button.play', { type: 'button', onclick: actions.toggle });
    this.range = h('input', { type: 'range', min: 0, max: 0, step: 0.1, value: 0, 'aria-label': 'Moment of the conversation' });
    this.range.addEventListener('input', () => actions.seek(Number(this.range.value)));
    this.range.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event, actions));
    this.time = h('output.scrubber-time');
    this.speed = h('select', { 'aria-label': 'Replay speed', onchange: () => actions.setSpeed(Number(this.speed.value)) },
      [0.5, 1, 2, 4, 8, 16].map((times) => h('option', { value: times, selected: times === 1 }, `${times}×`)));
    this.live = h('button.button.live-button', { type: 'button', onclick: actions.goLive });
    this.element = h('div.scrubber', { role: 'group', 'aria-label': 'Replay' },
      this.play, h('div.track', {}, this.timeline.element, this.range), this.time, this.speed, this.live);
  }

  /** @param {{isLive: boolean, isEnded: boolean, isPlaying: boolean, moment: number}} now */
  draw({ isLive, isEnded, isPlaying, moment }) {
    const { duration } = this.log;
    if (duration !== this.#shownDuration) this.range.max = String((this.#shownDuration = duration));
    const at = isLive ? duration : moment;
    if (document.activeElement !== this.range || Math.abs(Number(this.range.value) - at) > 0.05) this.range.value = String(at);
    this.range.style.setProperty('--done', duration ? `${(at / duration) * 100}%` : '0%');
    this.range.setAttribute('aria-valuetext', isLive ? (isEnded ? 'The end' : 'Live') : `${spokenClock(at)} of ${spokenClock(duration)}`);
    this.range.disabled = this.play.disabled = duration === 0;
    this.time.textContent = `${clock(at)} / ${clock(duration)}`;
    setIcon(this.play, isPlaying ? 'pause' : 'play', isPlaying ? 'Pause the replay' : 'Replay the conversation');
    this.live.disabled = isLive;
    const label = isEnded ? (isLive ? 'Whole conversation' : 'Leave the replay') : isLive ? 'Live' : 'Back to live';
    if (this.live.textContent !== label) this.live.textContent = label;
    this.element.dataset.mode = isLive ? (isEnded ? 'ended' : 'live') : 'replay';
  }

  /** @param {KeyboardEvent} event @param {{seek: (moment: number) => void, toggle: () => void}} actions */
  #key(event, actions) {
    const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    if (event.key === ' ') actions.toggle();
    else if (step) {
      this.range.value = String(Number(this.range.value) + step);
      actions.seek(Number(this.range.value));
    } else return;
    event.preventDefault();
  }
}

/** @param {any} button @param {Parameters<typeof icon>[0]} name @param {string} label */
function setIcon(button, name, label) {
  if (button.iconName === name) return;
  button.iconName = name;
  button.setAttribute('aria-label', label);
  button.replaceChildren(icon(name));
}
