const NEAR = 64;

/** Keeps the newest words in sight, until the reader scrolls up. */
export class Follow {
  #last = 0;
  #isFollowing = true;

  /** @param {HTMLElement} scroller @param {HTMLElement} content @param {(following: boolean) => void} onChange */
  constructor(scroller, content, onChange) {
    this.scroller = scroller;
    this.onChange = onChange;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    // Blocks that come into sight for the first time may turn out taller than was guessed.
    this.observer = new ResizeObserver(() => this.keep());
    this.observer.observe(content);
    this.observer.observe(scroller);
  }

  get isFollowing() {
    return this.#isFollowing;
  }

  keep() {
    if (this.#isFollowing) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  toEnd() {
    this.#become(true);
    this.keep();
  }

  /** The reader wants to stay where they are. */
  stay() {
    this.#become(false);
  }

  /** It was hidden, and a browser forgets where what is hidden was scrolled to. */
  shown() {
    if (this.#isFollowing) this.keep();
    else this.scroller.scrollTop = this.#last;
  }

  stop() {
    this.observer.disconnect();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (clientHeight === 0) return;
    const isNear = scrollHeight - scrollTop - clientHeight <= NEAR;
    // Text that shrinks also moves the end; only a step upwards away from it is the reader's.
    if (isNear) this.#become(true);
    else if (scrollTop < this.#last) this.#become(false);
    this.#last = scrollTop;
  }

  /** @param {boolean} following */
  #become(following) {
    if (this.#isFollowing === following) return;
    this.#isFollowing = following;
    this.onChange(following);
  }
}
