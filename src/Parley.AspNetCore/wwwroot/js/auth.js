import { h } from './dom.js';

// A key lives as long as the tab does, and is never in an address.
const SLOT = 'parley.key';

export function key() {
  return sessionStorage.getItem(SLOT) ?? '';
}

/** @param {string} value */
function setKey(value) {
  if (value) sessionStorage.setItem(SLOT, value);
  else sessionStorage.removeItem(SLOT);
  wasDeclined = false;
  document.dispatchEvent(new CustomEvent('parley:key'));
}

/** The subprotocols that carry the key, as a browser cannot set a header on a socket. */
export function subprotocols() {
  return key() ? ['parley.v1', `parley.key.${key()}`] : [];
}

/** @type {Promise<boolean>|null} */
let asking = null;
let wasDeclined = false;

/** Asks for a key, once at a time. True where one was given. @param {boolean} [wasRefused] @returns {Promise<boolean>} */
export function askForKey(wasRefused = false) {
  asking ??= ask(wasRefused).finally(() => (asking = null));
  return asking;
}

/** Asks because the server does; not again once the reader would not say. @returns {Promise<boolean>} */
export async function askBecauseRefused() {
  if (wasDeclined) return false;
  const isGiven = await askForKey(true);
  wasDeclined = !isGiven;
  return isGiven;
}

/** @param {boolean} wasRefused @returns {Promise<boolean>} */
function ask(wasRefused) {
  const input = h('input', {
    id: 'key-input', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, pattern: '[A-Za-z0-9._~\\-]+',
    'aria-describedby': 'key-note', title: 'Letters, digits and . _ ~ -',
  });
  const dialog = h('dialog.dialog', { 'aria-labelledby': 'key-title' },
    h('form', { method: 'dialog' },
      h('h2', { id: 'key-title' }, 'This server asks for a key'),
      h('p', { id: 'key-note', role: wasRefused && key() ? 'alert' : null },
        wasRefused && key() ? 'The key was not accepted. Try another.' : 'It is kept in this tab only, and forgotten when you close it.'),
      h('label', { htmlFor: 'key-input' }, 'API key'),
      input,
      h('div.dialog-actions', {},
        key() && h('button.button.quiet', { type: 'submit', value: 'forget', formnovalidate: true }, 'Forget key'),
        h('button.button.quiet', { type: 'submit', value: 'cancel', formnovalidate: true }, 'Cancel'),
        h('button.button.primary', { type: 'submit', value: 'use' }, 'Use key'))));
  document.body.append(dialog);
  dialog.showModal();
  // Enter means the default button, and the first one in the form is not it.
  input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    dialog.querySelector('.primary').click();
  });
  return new Promise((resolve) => dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'use') setKey(input.value.trim());
    if (dialog.returnValue === 'forget') setKey('');
    dialog.remove();
    resolve(dialog.returnValue === 'use');
  }));
}
