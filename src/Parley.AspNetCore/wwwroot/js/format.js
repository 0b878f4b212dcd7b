/** Audio time as people say it: 03:12, or 1:03:12. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}

/** The same for screen readers. @param {number} seconds */
export function spokenClock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  return minutes ? `${plural(minutes, 'minute')} ${plural(whole % 60, 'second')}` : plural(whole, 'second');
}

/** @param {number} count @param {string} noun */
export function plural(count, noun) {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const grouped = new Intl.NumberFormat('en');

/** @param {number} value */
export function number(value) {
  return grouped.format(Math.round(value));
}

const priced = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A cost, which may be a small part of a unit: 0.000684. @param {number} value */
export function cost(value) {
  return priced.format(value);
}

/** A duration in seconds as 3.4 ms or 1.2 s. @param {number|null} seconds */
export function latency(seconds) {
  if (seconds === null || !Number.isFinite(seconds)) return '–';
  if (seconds >= 1) return `${seconds.toFixed(1)} s`;
  const ms = seconds * 1000;
  return `${ms >= 10 ? Math.round(ms) : ms.toFixed(1)} ms`;
}

/** Enough of a stream's name to tell it from the others. @param {string} id */
export function shortId(id) {
  return id.replace(/^str-/, '').slice(0, 8);
}

/** @param {number} ms Since the Unix epoch. @param {number} [now] */
export function when(ms, now = Date.now()) {
  const date = new Date(ms);
  const sameDay = new Date(now).toDateString() === date.toDateString();
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return sameDay ? `today, ${time}` : `${date.toLocaleDateString([], { day: 'numeric', month: 'short' })}, ${time}`;
}
