import { h, svg } from './dom.js';

const WIDTH = 240;
const HEIGHT = 44;

/** A small line of the last values, with the latest in figures. */
export class Sparkline {
  #value = h('output.chart-value', {}, '–');
  #path = svg('path', { class: 'chart-line', 'vector-effect': 'non-scaling-stroke' });
  #area = svg('path', { class: 'chart-area' });
  #svg = svg('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' }, this.#area, this.#path);

  /** @param {string} label @param {string} note What it is, in a few words. @param {(value: number) => string} format */
  constructor(label, note, format) {
    this.label = label;
    this.format = format;
    this.element = h('figure.sparkline', {},
      h('figcaption', {}, h('span.chart-label', { title: note }, label), this.#value), this.#svg);
    this.draw([]);
  }

  /** @param {(number|null)[]} values Oldest first; null leaves a gap. @param {number} [capacity] How many fit. */
  draw(values, capacity = 60) {
    const known = values.filter((value) => value !== null);
    const latest = values.at(-1) ?? null;
    const last = latest ?? known.at(-1);
    this.#value.textContent = last === undefined ? '–' : this.format(last);
    this.element.toggleAttribute('data-quiet', latest === null);
    this.element.toggleAttribute('data-empty', known.length === 0);
    const top = Math.max(...known, Number.MIN_VALUE);
    const x = (/** @type {number} */ i) => ((capacity - values.length + i) / (capacity - 1)) * WIDTH;
    const y = (/** @type {number} */ value) => HEIGHT - 2 - (value / top) * (HEIGHT - 6);
    let line = '';
    let area = '';
    let start = -1;
    values.forEach((value, i) => {
      if (value === null) return;
      const isFirst = i === 0 || values[i - 1] === null;
      if (isFirst) start = i;
      line += `${isFirst ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
      area += `${isFirst ? `M${x(i).toFixed(1)} ${HEIGHT}` : ''}L${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
      if (i === values.length - 1 || values[i + 1] === null) {
        area += `L${x(i).toFixed(1)} ${HEIGHT}Z`;
        if (start === i) line += `h0.1`;
      }
    });
    this.#path.setAttribute('d', line);
    this.#area.setAttribute('d', area);
    this.#svg.setAttribute('aria-label', known.length
      ? `${this.label}: now ${this.format(last ?? 0)}, at most ${this.format(top)} in the last two minutes`
      : `${this.label}: nothing yet`);
  }
}
