/** @typedef {import('./sample.js').SamplePlayer} SamplePlayer */

// What this page itself sends goes on while one looks at another conversation.

/** @type {Map<string, SamplePlayer>} */
const samples = new Map();
/** @type {Set<string>} Conversations that were opened for the microphone. */
const forMicrophone = new Set();

/** @param {SamplePlayer} player */
export function addSample(player) {
  samples.set(player.streamId, player);
  player.run(() => document.dispatchEvent(new CustomEvent('parley:source', { detail: player.streamId })));
}

/** @param {string} streamId */
export function sampleOf(streamId) {
  return samples.get(streamId);
}

/** @param {string} streamId */
export function wantMicrophone(streamId) {
  forMicrophone.add(streamId);
}

/** Whether the conversation was opened for the microphone; true once. @param {string} streamId */
export function wantsMicrophone(streamId) {
  return forMicrophone.delete(streamId);
}
