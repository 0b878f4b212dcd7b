/** An address of the server's. They all stand beside the page's, wherever an application has put it. @param {string} path Such as `v1/streams`. */
export function address(path) {
  return new URL(path, new URL('..', import.meta.url));
}
