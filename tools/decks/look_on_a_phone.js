// What cannot be read on a phone that is held upright: a list of sentences.
() => {
  const SMALLEST = 14;
  const found = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) found.push(`phone: the page is ${wide} pixels wide`);
  const texts = document.createTreeWalker(document.querySelector(".slides"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.textContent.trim().slice(0, 50);
    if (!text || element.closest("aside, mjx-container")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < SMALLEST) found.push(`phone: text of ${size} px: ${text}`);
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
      found.push(`phone: not to be seen: ${text}`);
    }
  }
  return found;
}
