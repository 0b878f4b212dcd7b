const SLOT = 'parley.theme';

/** Light or dark: as the system says, until the reader chooses. */
export function setUpTheme() {
  apply(localStorage.getItem(SLOT));
  const button = /** @type {HTMLElement} */ (document.getElementById('theme'));
  button.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    localStorage.setItem(SLOT, next);
    apply(next);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => apply(localStorage.getItem(SLOT)));
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** @param {string|null} theme */
function apply(theme) {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  document.getElementById('theme')?.setAttribute('aria-label', isDark() ? 'Use the light theme' : 'Use the dark theme');
}
