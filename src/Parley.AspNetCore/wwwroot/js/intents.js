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

/**
 * What a segment does, and what the list of decisions and action items quotes from it: a proposal is a decision once others agree.
 * @param {import('./projection.js').Semantics|undefined} semantic @param {string[]} [listed] The kinds of what is quoted. @returns {Element[]}
 */
export function badges(semantic, listed = []) {
  if (!semantic) return [];
  const found = [];
  const intents = semantic.intents ?? [semantic.intent];
  for (const intent of [...intents, ...listed.filter((kind) => !says(intents, kind))]) {
    const label = intentLabel(intent);
    if (label) found.push(h(`span.badge.intent-${intent}`, intent === semantic.intent ? { title: reasons(semantic) } : {}, label));
  }
  for (const risk of semantic.risk_tags ?? []) found.push(h('span.badge.risk', {}, `Risk: ${risk.replaceAll('_', ' ')}`));
  return found;
}

/** Who says that they will do something commits to it. @param {(string|undefined)[]} intents @param {string} kind */
function says(intents, kind) {
  return intents.includes(kind) || (kind === 'action_item' && intents.includes('commitment'));
}

/** Why the first intent was given. @param {import('./projection.js').Semantics} semantic */
function reasons(semantic) {
  const sure = semantic.confidence === undefined ? '' : `${Math.round(semantic.confidence * 100)} % sure`;
  const why = semantic.evidence ? `because of “${semantic.evidence}”` : '';
  return [sure, why].filter(Boolean).join(', ');
}
