() => {
  // What WCAG 2.2 AA asks for and a program can see. Answers with what is wrong.
  const problems = [];
  const say = (element, what) => problems.push(`${what}: ${element.outerHTML.slice(0, 140)}`);
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && element.getClientRects().length > 0;
  const dialog = document.querySelector('dialog[open]');
  const everything = [...(dialog ?? document.body).querySelectorAll('*')].filter(isShown);

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const background = (element) => {
    if (!element) return rgba(getComputedStyle(document.documentElement).backgroundColor)[3] ? rgba(getComputedStyle(document.documentElement).backgroundColor) : [255, 255, 255, 1];
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, background(element.parentElement));
  };
  const luminance = (color) => {
    const [r, g, b] = color.slice(0, 3).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const opacity = (element) => (element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1);

  let checked = 0;
  for (const element of everything) {
    const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    const isOff = element.closest(':disabled, [aria-hidden=true]:not(.speaker-mark)');
    if (words && !isOff && !element.closest('svg, option, .visually-hidden')) {
      const style = getComputedStyle(element);
      const behind = background(element);
      const [r, g, b, a] = rgba(style.color);
      const ratio = contrast(over([r, g, b, a * opacity(element)], behind), behind);
      const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
      checked++;
      if (ratio < (isLarge ? 3 : 4.5)) say(element, `contrast ${ratio.toFixed(2)}`);
    }

    if (element.matches('button, a[href], input, select, textarea, summary, [role=tab], [role=img], [tabindex="0"]')) {
      const named = element.getAttribute('aria-label') || document.getElementById(element.getAttribute('aria-labelledby'))?.textContent
        || [...(element.labels ?? [])].map((label) => label.textContent).join('') || element.textContent;
      if (!named?.trim()) say(element, 'no name');
    }
    if (element.matches('button, a[href], input, select, summary') && !element.closest('p, .site')) {
      const { width, height } = element.getBoundingClientRect();
      if (width < 20 || height < 20) say(element, `only ${Math.round(width)} × ${Math.round(height)}`);
    }
    if (element.matches('button, select, input:not([type=range]), .button') && !isOff) {
      const style = getComputedStyle(element);
      const edge = rgba(style.borderTopColor);
      const outside = background(element.parentElement);
      if (element.matches('select, input:not([type=range])') && parseFloat(style.borderTopWidth) > 0 && contrast(edge, outside) < 3) say(element, `edge ${contrast(edge, outside).toFixed(2)}`);
    }
    for (const reference of ['aria-labelledby', 'aria-controls', 'aria-describedby'])
      for (const id of (element.getAttribute(reference) ?? '').split(' ').filter(Boolean))
        if (!document.getElementById(id)) say(element, `${reference} to nothing`);
    const role = element.getAttribute('role');
    if (role === 'tab' && !element.closest('[role=tablist]')) say(element, 'a tab without its list');
    if (element.tabIndex > 0) say(element, 'a tab order of its own');
    if (element.closest('[aria-hidden=true]') && element.matches('button, a[href], input, select, [tabindex="0"]')) say(element, 'hidden, but takes the focus');
  }
  if (checked === 0) problems.push('nothing was checked');

  for (const [path] of [...document.querySelectorAll('.timeline path')].map((one) => [one])) {
    const ratio = contrast(rgba(getComputedStyle(path).fill), background(path.closest('.scrubber')));
    if (isShown(path) && ratio < 3) say(path, `timeline ${ratio.toFixed(2)}`);
  }
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids)) if (ids.filter((one) => one === id).length > 1) problems.push(`two elements are called ${id}`);
  if (!document.documentElement.lang) problems.push('no language');
  if (document.querySelectorAll('main').length !== 1 || document.querySelectorAll('h1').length !== 1) problems.push('not one main and one h1');
  if (!document.title.includes('Parley')) problems.push('no title');
  let level = 1;
  for (const heading of document.querySelectorAll('main :is(h1, h2, h3, h4)')) {
    const own = Number(heading.tagName[1]);
    if (isShown(heading) && own > level + 2) say(heading, 'a heading that skips levels');
    if (isShown(heading)) level = own;
  }
  if (document.documentElement.scrollWidth > innerWidth) problems.push(`wider than the window: ${document.documentElement.scrollWidth}`);
  return problems;
}
