import { call, transcriptAddress } from './api.js';
import { key } from './auth.js';
import { h, icon } from './dom.js';
import { shortId } from './format.js';
import { notifyProblem } from './notices.js';

/** @type {[string, string][]} */
const FORMATS = [
  ['html', 'Page to read and print'], ['txt', 'Plain text'], ['md', 'Markdown'],
  ['srt', 'Subtitles, SRT'], ['vtt', 'Subtitles, WebVTT'], ['ttml', 'Subtitles, TTML'],
  ['json', 'Document, JSON'], ['jsonl', 'Segments, JSON Lines'], ['csv', 'Table, CSV'], ['rttm', 'Who speaks when, RTTM'],
];

/** The transcript as a file, in ten formats. @param {string} streamId */
export function exportMenu(streamId) {
  const links = FORMATS.map(([format, label]) => h('li', {}, h('a', {
    href: transcriptAddress(streamId, format), download: `parley-${shortId(streamId)}.${format}`, 'data-format': format,
    onclick: (/** @type {MouseEvent} */ event) => download(event, streamId, format),
  }, h('span', {}, label), h('code', {}, `.${format}`))));
  const menu = h('details.menu', {}, h('summary.button', {}, icon('save'), 'Export'), h('ul', {}, links));
  menu.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  menu.addEventListener('focusout', (/** @type {FocusEvent} */ event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;
}

/** A link cannot carry a key: where there is one, the page fetches the file and hands it over. @param {MouseEvent} event @param {string} streamId @param {string} format */
async function download(event, streamId, format) {
  if (!key()) return;
  event.preventDefault();
  try {
    const file = await (await call(transcriptAddress(streamId, format))).blob();
    const address = URL.createObjectURL(file);
    h('a', { href: address, download: `parley-${shortId(streamId)}.${format}` }).click();
    window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (problem) {
    notifyProblem(problem);
  }
}
