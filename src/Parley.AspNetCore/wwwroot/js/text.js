// What people said is shown as text, whatever it holds.

// Overrides, embeddings and isolates would turn the order of the text around them; marks that only lean (LRM, RLM) are left.
const BIDI = /[\u202A-\u202E\u2066-\u2069]/g;
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029]/g;
const LONE_SURROGATES = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
// More than a few marks on one letter would paint over the lines around it.
const STACKED = /(\p{M}{6})\p{M}+/gu;

/**
 * Takes the power from text: bidi controls become visible (`[U+202E]`), other control characters a space.
 * @param {string} text
 */
export function neutralise(text) {
  return text
    .replace(BIDI, (letter) => `[U+${letter.charCodeAt(0).toString(16).toUpperCase()}]`)
    .replace(CONTROLS, ' ')
    .replace(LONE_SURROGATES, '\uFFFD')
    .replace(STACKED, '$1');
}

/** Lower case without changing the length, so that places found here are places in the text. @param {string} text */
export function fold(text) {
  let folded = text.toLowerCase();
  if (folded.length !== text.length) folded = Array.from(text, (c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c)).join('');
  return folded;
}

/**
 * Where the query is found, as starts; matches do not overlap.
 * @param {string} text @param {string} query Already folded, not empty.
 * @returns {number[]}
 */
export function findAll(text, query) {
  const found = [];
  const folded = fold(text);
  for (let at = folded.indexOf(query); at >= 0; at = folded.indexOf(query, at + query.length)) found.push(at);
  return found;
}

/**
 * Puts text into an element, what is searched for within `<mark>`.
 * @param {Element} element @param {string} text @param {string} query Folded; empty marks nothing.
 */
export function putText(element, text, query) {
  const shown = neutralise(text);
  const places = query ? findAll(shown, query) : [];
  let at = 0;
  for (const place of places) {
    if (place > at) element.append(shown.slice(at, place));
    const mark = document.createElement('mark');
    mark.textContent = shown.slice(place, place + query.length);
    element.append(mark);
    at = place + query.length;
  }
  if (at < shown.length) element.append(shown.slice(at));
}

/**
 * The little Markdown that summaries and answers use (headings, lists, paragraphs), as elements. All else stands as it was written.
 * @param {string} text
 * @returns {Element[]}
 */
export function richText(text) {
  const blocks = [];
  let list = null;
  let paragraph = null;
  for (const line of neutralise(text).split('\n')) {
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    const item = /^\s*(?:[-*•]|\d+[.)])\s+(.*)$/.exec(line);
    if (heading || item || !line.trim()) paragraph = null;
    if (!item) list = null;
    if (heading) blocks.push(block('h4', heading[1]));
    else if (item) {
      if (!list) blocks.push((list = document.createElement('ul')));
      list.append(block('li', item[1]));
    } else if (line.trim()) {
      if (paragraph) paragraph.append('\n', line.trim());
      else blocks.push((paragraph = block('p', line.trim())));
    }
  }
  return blocks;
}

/** @param {string} tag @param {string} text */
function block(tag, text) {
  const element = document.createElement(tag);
  element.dir = 'auto';
  element.textContent = text.replace(/\*\*([^*]+)\*\*/g, '$1');
  return element;
}
