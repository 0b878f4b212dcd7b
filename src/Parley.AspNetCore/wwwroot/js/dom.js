import { neutralise } from './text.js';

/**
 * Makes an element. Text is only ever text: no string becomes markup here or anywhere on this page.
 * @param {string} tag Name and classes, such as `p.segment.final`.
 * @param {Record<string, any>} [props] `onX` are listeners, booleans are flags, `value`/`checked`/`disabled`… are set as properties.
 * @param {...(Node|string|null|undefined|false|Array<any>)} children
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  /** @type {any} */ const element = document.createElement(name);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'htmlFor') element[key] = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

/** @param {Element} element @param {any[]} children */
function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : neutralise(String(child)));
  }
}

const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} name @param {Record<string, string|number>} attributes @param {...Node} children */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** A line icon, hidden from screen readers: the button around it has the name. @param {keyof typeof PATHS} name */
export function icon(name) {
  return svg('svg', { class: 'icon', viewBox: '0 0 20 20', 'aria-hidden': 'true', focusable: 'false' }, svg('path', { d: PATHS[name] }));
}

const PATHS = {
  play: 'M6 4.5v11l9-5.5z',
  pause: 'M6.5 5v10M13.5 5v10',
  down: 'M10 4v11M5.5 11 10 15.5 14.5 11',
  back: 'M12 5 7 10l5 5',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4Zm3.6 8.6L16.5 16.5',
  up: 'M5 12l5-5 5 5',
  next: 'M5 8l5 5 5-5',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M15.7 4.3l-1.4 1.4M5.7 14.3l-1.4 1.4',
  key: 'M12.5 3.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM9.6 10.4 3.5 16.5M5.5 14.5l2 2',
  mic: 'M10 3a2.2 2.2 0 0 0-2.2 2.2v4.6a2.2 2.2 0 0 0 4.4 0V5.2A2.2 2.2 0 0 0 10 3ZM5.5 9.5a4.5 4.5 0 0 0 9 0M10 14v3',
  save: 'M10 3.5v9M6.5 9.5 10 13l3.5-3.5M4 16.5h12',
  plus: 'M10 4.5v11M4.5 10h11',
  stop: 'M6 6h8v8H6z',
  arrow: 'M4 10h11M11 6l4 4-4 4',
  continues: 'M5 4v5a3 3 0 0 0 3 3h7M12 9l3 3-3 3',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
};

/** What each container shows, by key. @type {WeakMap<Element, Map<string, {item: any, element: Element}>>} */
const shown = new WeakMap();

/**
 * Puts an element for each item into a container, in order, and leaves alone those whose item is the same object as before.
 * @template T
 * @param {Element} container @param {T[]} items @param {(item: T) => string} keyOf @param {(item: T) => Element} make
 * @param {(element: any, item: T) => void} [update] Changes an element in place, so that it keeps the focus; without it, it is made anew.
 */
export function keyed(container, items, keyOf, make, update) {
  /** @type {Map<string, {item: T, element: Element}>} */
  const before = shown.get(container) ?? new Map();
  /** @type {typeof before} */
  const after = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const known = before.get(key);
    const element = known && (known.item === item || update) ? known.element : make(item);
    if (known && known.item !== item) {
      if (update) update(element, item);
      else known.element.replaceWith(element);
    }
    after.set(key, { item, element });
  }
  for (const [key, { element }] of before) if (!after.has(key)) element.remove();
  let place = container.firstElementChild;
  for (const { element } of after.values()) {
    if (place && element === place) place = place.nextElementSibling;
    else container.insertBefore(element, place);
  }
  shown.set(container, after);
}
