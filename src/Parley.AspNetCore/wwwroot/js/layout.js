/** @typedef {import('./projection.js').Segment} Segment @typedef {import('./projection.js').Turn} Turn */
/**
 * What the page shows as one piece: a turn of one speaker, or people who talk at the same time, side by side.
 * @typedef {{key: string, kind: 'turn'|'overlap', lanes: (string|undefined)[], segments: Segment[]}} Block
 * A stretch of blocks, so that a browser has a hundred things to skip and not five thousand.
 * @typedef {{key: string, blocks: Block[]}} Page
 */

const PAGE_SEGMENTS = 40;
// Shorter overlaps are how people take turns; they read better one after the other.
const OVERLAP_SEC = 0.25;
// A heated minute overlaps from one end to the other: it is cut into pieces that fit a screen.
const LONGEST_OVERLAP = 6;
const TURN_GAP_SEC = 2;

/** Segments by when they were said. @param {Segment[]} segments */
export function inOrder(segments) {
  return segments.slice().sort((a, b) => a.text.start - b.text.start || numberOf(a.id) - numberOf(b.id));
}

/** @param {string} id */
const numberOf = (id) => Number(id.slice(4));

/**
 * Arranges segments into blocks. A block that is as it was before is the same object.
 * @param {Segment[]} ordered @param {Turn[]} turns @param {Map<string, Block>} before By key.
 * @returns {Block[]}
 */
export function arrange(ordered, turns, before) {
  const turnOf = new Map();
  for (const turn of turns) for (const id of turn.segment_ids) turnOf.set(id, turn.id);
  /** @type {Block[]} */
  const blocks = [];
  for (const cluster of clusters(ordered)) {
    const lanes = [...new Set(cluster.map((segment) => segment.text.speaker_id))];
    const last = blocks.at(-1);
    if (lanes.length > 1) blocks.push({ key: `overlap-${cluster[0].id}`, kind: 'overlap', lanes, segments: cluster });
    else if (last?.kind === 'turn' && isSameTurn(last.segments[last.segments.length - 1], cluster[0], turnOf)) last.segments.push(...cluster);
    else blocks.push({ key: `turn-${cluster[0].id}`, kind: 'turn', lanes, segments: cluster });
  }
  return blocks.map((block) => {
    const known = before.get(block.key);
    return known && isSame(known, block) ? known : block;
  });
}

/** Puts blocks into pages. A page that is as it was before is the same object. @param {Block[]} blocks @param {Map<string, Page>} before */
export function paginate(blocks, before) {
  /** @type {{key: string, number: number, blocks: Block[]}[]} */
  const pages = [];
  for (const block of blocks) {
    // By number and not by place: what comes late, in between, leaves the pages after it alone.
    const number = Math.max(Math.floor(numberOf(block.segments[0].id) / PAGE_SEGMENTS), pages.at(-1)?.number ?? 0);
    if (pages.at(-1)?.number === number) pages[pages.length - 1].blocks.push(block);
    else pages.push({ key: `page-${number}`, number, blocks: [block] });
  }
  return pages.map((page) => {
    const known = before.get(page.key);
    return known && known.blocks.length === page.blocks.length && known.blocks.every((block, i) => block === page.blocks[i]) ? known : page;
  });
}

/** @param {Segment[]} ordered @returns {Generator<Segment[]>} */
function* clusters(ordered) {
  /** @type {Segment[]} */
  let cluster = [];
  let end = -Infinity;
  for (const segment of ordered) {
    if (cluster.length && (end - segment.text.start < OVERLAP_SEC || cluster.length >= LONGEST_OVERLAP)) {
      yield cluster;
      [cluster, end] = [[], -Infinity];
    }
    cluster.push(segment);
    end = Math.max(end, segment.text.end);
  }
  if (cluster.length) yield cluster;
}

/** @param {Segment} earlier @param {Segment} later @param {Map<string, string>} turnOf */
function isSameTurn(earlier, later, turnOf) {
  if (earlier.text.speaker_id !== later.text.speaker_id) return false;
  const [a, b] = [turnOf.get(earlier.id), turnOf.get(later.id)];
  return a && b ? a === b : later.text.start - earlier.text.end < TURN_GAP_SEC;
}

/** @param {Block} a @param {Block} b */
function isSame(a, b) {
  return a.segments.length === b.segments.length && a.segments.every((segment, i) => segment === b.segments[i]);
}

/**
 * Where each segment of an overlap stands: rows are the moments at which somebody starts or stops.
 * @param {Block} block @returns {{lane: number, from: number, to: number}[]}
 */
export function places(block) {
  const moments = [...new Set(block.segments.flatMap(({ text }) => [text.start, text.end]))].sort((a, b) => a - b);
  /** @type {Map<number, number>} */
  const ends = new Map();
  return block.segments.map(({ text }) => {
    const lane = block.lanes.indexOf(text.speaker_id) + 1;
    // A late piece may lie within what its own speaker had said: it stands below.
    const from = Math.max(moments.indexOf(text.start) + 1, ends.get(lane) ?? 1);
    const to = Math.max(from + 1, moments.indexOf(text.end) + 1);
    ends.set(lane, to);
    return { lane, from, to };
  });
}
