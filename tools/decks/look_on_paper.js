// What is too near the edge of its page when a deck is printed: a list of sentences, one for a page.
() => {
  const MARGIN = 20;
  const outside = (page) => (element) => {
    if (element.closest("aside, nav") || !element.checkVisibility()) return false;
    const range = document.createRange();
    range.selectNode(element);
    return [...range.getClientRects()].some((box) => box.width && (
      box.left < page.left + MARGIN || box.right > page.right - MARGIN ||
      box.top < page.top || box.bottom > page.bottom));
  };
  return [...document.querySelectorAll(".pdf-page")].flatMap((page, i) => {
    const found = [...page.querySelectorAll("p, li, h1, h2, h3, pre, figcaption, img")]
      .find(outside(page.getBoundingClientRect()));
    return found ? [`page ${i + 1} on paper: no margin: ${(found.alt ?? found.textContent).slice(0, 50)}`] : [];
  });
}
