import { svg } from './dom.js';

const LANE = 10;

/** Who spoke when, and where something was decided or taken on: a strip above the scrubber. */
export class Timeline {
  constructor() {
    this.element = svg('svg', { class: 'timeline', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' });
  }

  /**
   * @param {import('./projection.js').Segment[]} segments @param {number} duration Seconds of audio time.
   * @param {import('./speakers.js').Speakers} speakers
   */
  draw(segments, duration, speakers) {
    const slots = [...new Set(segments.map(({ text }) => speakers.slot(text.speaker_id)))].sort((a, b) => a - b);
    const height = Math.max(2, slots.length) * LANE;
    const width = Math.max(duration, 1);
    this.element.setAttribute('viewBox', `0 0 ${width} ${height}`);
    /** @type {Map<number, string>} */
    const paths = new Map();
    for (const { text } of segments) {
      const slot = speakers.slot(text.speaker_id);
      const y = slots.indexOf(slot) * LANE + 2;
      const length = Math.max(text.end - text.start, width / 600);
      paths.set(slot, `${paths.get(slot) ?? ''}M${text.start.toFixed(2)} ${y}h${length.toFixed(2)}v${LANE - 4}h${-length.toFixed(2)}z`);
    }
    this.element.replaceChildren(...[...paths].map(([slot, d]) => svg('path', { d, class: `speaker-${slot}` })));
  }
}
