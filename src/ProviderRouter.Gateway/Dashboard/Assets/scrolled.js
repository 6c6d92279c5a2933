// A box that scrolls can be reached with the Tab key, so that the keyboard can scroll it; one with room for all it has is passed over.
const boxes = new ResizeObserver(entries => {
  for (const box of new Set(entries.map(({ target }) => target.closest('.scroll')))) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
});
for (const part of document.querySelectorAll('.scroll, .scroll > table')) boxes.observe(part);
