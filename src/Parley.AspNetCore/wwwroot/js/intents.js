import { h } from './dom.js';

/** What a segment does, in words; a statement needs none. @type {Record<string, string>} */
const LABELS = {
  question: 'Question',
  clarification: 'Clarification',
  action_item: 'Action item',
  commitment: 'Commitment',
  decision: 'Decision',
  agreement: 'Agreement',
};

/** @param {string|undefined} intent */
export function intentLabel(intent) {
  return intent ? LABELS[intent] ?? '' : '';
}

/** @param {import('./projection.js').Semantics|undefined} semantic @returns {Element[]} */
export function badges(semantic) {
  if (!semantic) return [];
  const found = [];
  for (const intent of semantic.intents ?? [semantic.intent]) {
    const label = intentLabel(intent);
    if (label) found.push(h(`span.badge.intent-${intent}`, intent === semantic.intent ? { title: reasons(semantic) } : {}, label));
  }
  for (const risk of semantic.risk_tags ?? []) found.push(h('span.badge.risk', {}, `Risk: ${risk.replaceAll('_', ' ')}`));
  return found;
}

/** Why the first intent was given. @param {import('./projection.js').Semantics} semantic */
function reasons(semantic) {
  const sure = semantic.confidence === undefined ? '' : `${Math.round(semantic.confidence * 100)} % sure`;
  const why = semantic.evidence ? `because of “${semantic.evidence}”` : '';
  return [sure, why].filter(Boolean).join(', ');
}
