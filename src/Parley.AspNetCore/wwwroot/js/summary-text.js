// The twin of SummaryText in Parley.Protocol: a test folds the same envelopes through both and compares.

const UNNAMED = 'Unknown';

/**
 * The text of a summary under the speakers' current names. In a model's text a name is replaced where it stands as a whole word; in one that is
 * chosen from what was said, only the speaker of each line.
 * @param {any} summary @param {(speaker: string|undefined) => string|undefined} nameOf @returns {string}
 */
export function namedText({ text, author, speakers = {} }, nameOf) {
  /** @type {Map<string, string>} */ const names = new Map();
  for (const [label, speaker] of Object.entries(speakers)) {
    const now = nameOf(speaker);
    if (now && now !== speaker && label) names.set(label, now.replace(/\r\n|[\r\n\f\u0085\u2028\u2029]/g, ' '));
  }
  const isChosen = author === 'extractive';
  const unnamed = isChosen ? nameOf(undefined) : undefined;
  if (unnamed && !(UNNAMED in speakers)) names.set(UNNAMED, unnamed);
  if (names.size === 0) return text;
  const labels = [...names.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  if (isChosen) return text.split('\n').map((/** @type {string} */ line) => inLine(line, labels, names)).join('\n');
  const any = labels.map((label) => label.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_])(?:${any})(?![\\p{L}\\p{M}\\p{N}_])`, 'gu'), (/** @type {string} */ label) => names.get(label) ?? label);
}

/** A line of a chosen summary: "- [12:03] ana: We take the ferry". @param {string} line @param {string[]} labels @param {Map<string, string>} names */
function inLine(line, labels, names) {
  const close = line.indexOf('] ');
  if (!line.startsWith('- [') || close < 0) return line;
  const said = line.slice(close + 2);
  const label = labels.find((name) => said.startsWith(`${name}: `));
  return label === undefined ? line : line.slice(0, close + 2) + names.get(label) + said.slice(label.length);
}
