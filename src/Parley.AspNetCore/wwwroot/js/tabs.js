import { h } from './dom.js';

/** @typedef {{id: string, label: string, panel: HTMLElement, onShow?: (isShown: boolean) => void}} Tab */

/**
 * Tabs as screen readers and keyboards know them: one in the tab order, arrows between them.
 * @param {string} label @param {Tab[]} tabs
 */
export function tabList(label, tabs) {
  const buttons = tabs.map((tab, i) => h('button.tab', {
    type: 'button', role: 'tab', id: `tab-${tab.id}`, 'aria-controls': `panel-${tab.id}`, onclick: () => select(i),
  }, h('span', {}, tab.label), h('span.tab-count', { 'aria-hidden': 'true' })));
  const element = h('div.tabs', { role: 'tablist', 'aria-label': label }, buttons);
  tabs.forEach(({ id, panel }) => {
    panel.id = `panel-${id}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', `tab-${id}`);
    panel.tabIndex = 0;
  });
  element.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const visible = buttons.filter((button) => button.offsetParent !== null);
    const at = visible.indexOf(/** @type {any} */ (document.activeElement));
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: visible.length - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    const button = visible[(next + visible.length) % visible.length];
    button.focus();
    button.click();
  });

  /** @param {number} selected */
  function select(selected) {
    tabs.forEach(({ panel, onShow }, i) => {
      const isSelected = i === selected;
      buttons[i].setAttribute('aria-selected', String(isSelected));
      buttons[i].tabIndex = isSelected ? 0 : -1;
      panel.toggleAttribute('data-selected', isSelected);
      onShow?.(isSelected);
    });
  }
  return {
    element,
    select: (/** @type {string} */ id) => select(tabs.findIndex((tab) => tab.id === id)),
    count: (/** @type {string} */ id, /** @type {number} */ count) => {
      const badge = buttons[tabs.findIndex((tab) => tab.id === id)].lastElementChild;
      const text = count ? String(count) : '';
      if (badge.textContent !== text) badge.textContent = text;
    },
  };
}
