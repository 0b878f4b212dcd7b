import { h, icon } from './dom.js';

/** An error in words for people. @param {unknown} problem */
export function problemIn(problem) {
  return problem instanceof Error ? problem.message : 'Something went wrong.';
}

/** Says something for a while, or until it is closed if it is an error. @param {string} text @param {{isError?: boolean}} [options] */
export function notify(text, { isError = false } = {}) {
  const tray = /** @type {HTMLElement} */ (document.getElementById('notices'));
  const notice = h('div.notice', { role: isError ? 'alert' : 'status', 'data-error': isError },
    h('p', {}, text),
    h('button.icon-button', { type: 'button', 'aria-label': 'Close this message', onclick: () => notice.remove() }, icon('close')));
  tray.append(notice);
  while (tray.children.length > 3) tray.firstElementChild?.remove();
  if (!isError) window.setTimeout(() => notice.remove(), 6_000);
}

/** @param {unknown} problem */
export function notifyProblem(problem) {
  notify(problemIn(problem), { isError: true });
}
