import { h } from './dom.js';
import { nameSpeaker } from './api.js';
import { problemIn } from './notices.js';

const COLOURS = 8;

/** Which colour a speaker has: by order of first words, and for as long as the conversation is shown. */
export class Speakers {
  /** @type {Map<string|undefined, number>} */ #slots = new Map();

  /** @param {string|undefined} speaker @returns {number} 0 to 7. */
  slot(speaker) {
    let slot = this.#slots.get(speaker);
    if (slot === undefined) this.#slots.set(speaker, (slot = this.#slots.size));
    return slot % COLOURS;
  }

  /** A new name keeps the colour. @param {{segment_ids: string[], from?: string, to: string}} revision */
  revise({ segment_ids: ids, from, to }) {
    const slot = this.#slots.get(from);
    if (ids.length === 0 && slot !== undefined && !this.#slots.has(to)) this.#slots.set(to, slot);
  }
}

/** What a speaker is called on the page. @param {string|undefined} speaker */
export function nameOf(speaker) {
  return speaker || 'Unknown';
}

/** @param {string|undefined} speaker */
function initial(speaker) {
  const [first = '?'] = nameOf(speaker).replace(/^(spk|speaker)[_\s-]*/i, '');
  return first.toUpperCase();
}

/** The round mark beside a name. @param {string|undefined} speaker @param {number} slot */
export function mark(speaker, slot) {
  return h(`span.speaker-mark.speaker-${slot}`, { 'aria-hidden': 'true' }, initial(speaker));
}

/**
 * A name that can be changed by a click.
 * @param {string|undefined} speaker @param {number} slot @param {string} streamId
 */
export function nameButton(speaker, slot, streamId) {
  if (!speaker) return h(`span.speaker-name.speaker-${slot}`, {}, nameOf(speaker));
  return h(`button.speaker-name.speaker-${slot}`, {
    type: 'button', 'aria-label': `${speaker}: change the name`, title: 'Change the name', onclick: () => askName(streamId, speaker),
  }, h('bdi', {}, speaker));
}

/** @param {string} streamId @param {string} speaker */
export function askName(streamId, speaker) {
  const input = h('input', { id: 'speaker-input', type: 'text', value: speaker, required: true, maxlength: 100, autocomplete: 'off' });
  const error = h('p.error', { role: 'alert' });
  const cancel = h('button.button.quiet', { type: 'button', onclick: () => dialog.close() }, 'Cancel');
  const save = h('button.button.primary', { type: 'submit' }, 'Save name');
  const form = h('form', { method: 'dialog' },
    h('h2', { id: 'speaker-title' }, 'Who is ', h('bdi', {}, speaker), '?'),
    h('p', {}, 'The new name is shown everywhere in this conversation, and is kept in its log.'),
    h('label', { htmlFor: 'speaker-input' }, 'Name'), input, error,
    h('div.dialog-actions', {}, cancel, save));
  const dialog = h('dialog.dialog', { 'aria-labelledby': 'speaker-title' }, form);
  form.addEventListener('submit', async (/** @type {Event} */ event) => {
    event.preventDefault();
    const name = input.value.trim();
    if (!name) return;
    save.disabled = true;
    try {
      if (name !== speaker) await nameSpeaker(streamId, speaker, name);
      dialog.close();
    } catch (problem) {
      error.textContent = problemIn(problem);
      save.disabled = false;
    }
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  input.select();
}
