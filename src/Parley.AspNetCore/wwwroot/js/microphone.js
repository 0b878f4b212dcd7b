// The browser's own recogniser as a source: what it is still unsure of goes as a hypothesis, under a key, and is replaced.

const { SpeechRecognition, webkitSpeechRecognition } = /** @type {any} */ (window);
const Recognition = SpeechRecognition ?? webkitSpeechRecognition;
const MOST_WAITING = 200;
const GUESSED_START = 0.4;

/** Why there is no microphone here; empty where there is. */
export function microphoneProblem() {
  if (!Recognition) return 'This browser has no speech recogniser. Chrome, Edge and Safari have one.';
  if (!window.isSecureContext) return 'A browser lets a page listen only over https or on this machine itself.';
  return '';
}

export class Microphone {
  /** @type {any} */ #recogniser = null;
  #source = `microphone-${crypto.randomUUID().slice(0, 8)}`;
  #began = performance.now();
  #round = 0;
  #sequence = 0;
  #end = 0;
  /** @type {Map<string, number>} */ #starts = new Map();
  /** @type {any[]} Sent, not yet acknowledged. */ #unsafe = [];
  /** @type {any[]} Not yet sent: no number yet, so that hypotheses can be left out. */ #waiting = [];
  isListening = false;
  problem = '';

  /**
   * @param {(message: any) => boolean} send @param {() => void} onChange @param {number} offset Seconds of audio time that the stream has already.
   * @param {string} [speaker]
   */
  constructor(send, onChange, offset, speaker = 'me') {
    this.sendMessage = send;
    this.onChange = onChange;
    this.offset = this.#end = offset;
    this.speaker = speaker;
  }

  get label() {
    return this.problem || (this.isListening ? 'Listening to your microphone' : 'The microphone is off');
  }

  start() {
    this.isListening = true;
    this.#listen();
    this.onChange();
  }

  stop() {
    this.isListening = false;
    this.#recogniser?.stop();
    this.onChange();
  }

  /** The server has everything up to there. @param {{sequence: number, source?: string}} ack */
  acknowledged({ sequence, source }) {
    if (source === this.#source) this.#unsafe = this.#unsafe.filter((chunk) => chunk.sequence > sequence);
    this.#flush();
  }

  /** The connection is back. @param {Record<string, number>} expected By source. */
  resumed(expected) {
    const next = expected[this.#source] ?? 1;
    this.#unsafe = this.#unsafe.filter((chunk) => chunk.sequence >= next);
    for (const chunk of this.#unsafe) this.sendMessage(chunk);
    this.#flush();
  }

  #listen() {
    const recogniser = (this.#recogniser = new Recognition());
    const round = ++this.#round;
    Object.assign(recogniser, { continuous: true, interimResults: true, lang: navigator.language });
    recogniser.onresult = (/** @type {any} */ event) => {
      for (let i = event.resultIndex; i < event.results.length; i++) this.#hear(`${round}-${i}`, event.results[i]);
    };
    recogniser.onerror = (/** @type {any} */ event) => {
      if (event.error === 'no-speech' || event.error === 'aborted') return;
      this.problem = PROBLEMS[event.error] ?? `The recogniser stopped: ${event.error}.`;
      this.isListening = false;
    };
    // Recognisers stop by themselves after a while of silence.
    recogniser.onend = () => {
      if (this.isListening) this.#listen();
      this.onChange();
    };
    try {
      recogniser.start();
    } catch {
      this.problem = 'The recogniser did not start.';
      this.isListening = false;
    }
  }

  /** @param {string} key @param {any} result */
  #hear(key, result) {
    const now = this.offset + (performance.now() - this.#began) / 1000;
    const start = Math.max(this.#end, this.#starts.get(key) ?? now - GUESSED_START);
    this.#starts.set(key, start);
    const text = result[0].transcript.trim();
    if (!text) return;
    const isFinal = Boolean(result.isFinal);
    if (isFinal) this.#end = now;
    this.#waiting = this.#waiting.filter((chunk) => chunk.key !== key || chunk.is_final);
    this.#waiting.push({ type: 'TEXT_CHUNK', source: this.#source, start, end: Math.max(start, now), text, speaker_id: this.speaker, is_final: isFinal, key });
    if (this.#waiting.length > MOST_WAITING) {
      this.#waiting.shift();
      this.problem = 'The server has been away too long: the oldest words are lost.';
    }
    this.#flush();
  }

  #flush() {
    while (this.#waiting.length && this.#unsafe.length < MOST_WAITING) {
      const chunk = { ...this.#waiting[0], sequence: this.#sequence + 1 };
      if (!this.sendMessage(chunk)) return;
      this.#sequence++;
      this.#unsafe.push(chunk);
      this.#waiting.shift();
    }
  }
}

/** @type {Record<string, string>} */
const PROBLEMS = {
  'not-allowed': 'The browser was not allowed to use the microphone.',
  'service-not-allowed': 'The browser’s recogniser may not be used on this page.',
  'audio-capture': 'No microphone was found.',
  network: 'The browser’s recogniser cannot reach its service.',
  'language-not-supported': 'The browser’s recogniser does not know your language.',
};
