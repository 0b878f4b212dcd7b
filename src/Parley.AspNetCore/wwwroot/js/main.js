import { askForKey } from './auth.js';
import { ConversationView } from './conversation.js';
import { icon } from './dom.js';
import { StreamsView } from './streams.js';
import { setUpTheme } from './theme.js';

const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const siteState = /** @type {HTMLElement} */ (document.getElementById('site-state'));

/** @type {{element: HTMLElement, title: string, state?: HTMLElement, stop: () => void}|null} */
let view = null;

/** Shows what the address names: `#/` all conversations, `#/str-…` one. @param {boolean} isFirst */
function show(isFirst = false) {
  const [, id] = /^#\/(str-[\w-]+)$/.exec(location.hash) ?? [];
  view?.stop();
  view = id ? new ConversationView(id) : new StreamsView();
  document.title = view.title;
  siteState.replaceChildren(...(view.state ? [view.state] : []));
  document.body.dataset.view = id ? 'conversation' : 'streams';
  main.replaceChildren(view.element);
  window.scrollTo(0, 0);
  if (!isFirst) main.focus({ preventScroll: true });
}

document.getElementById('theme')?.append(icon('sun'));
document.getElementById('key')?.append(icon('key'));
document.getElementById('key')?.addEventListener('click', () => askForKey());
// The address stays the view's.
document.getElementById('skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
setUpTheme();
window.addEventListener('hashchange', () => show());
show(true);
