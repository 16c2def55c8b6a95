/* Ticking rows of a list: all of the page at once, and how many there are. The list works without it. */
(() => {
  'use strict';
  const boxes = (form) => Array.from(form.querySelectorAll('input[name=ticked]'));
  const count = (form) => {
    const all = boxes(form);
    const ticked = all.filter((box) => box.checked).length;
    const head = form.querySelector('[data-tick-all]');
    head.checked = ticked > 0 && ticked === all.length;
    head.indeterminate = ticked > 0 && ticked < all.length;
    form.querySelector('[data-ticked-count]').textContent = ticked ? `已勾选 ${ticked} 条：` : '勾选后可以：';
  };
  document.addEventListener('change', (event) => {
    const form = event.target.closest('[data-several]');
    if (!form) { return; }
    if (event.target.matches('[data-tick-all]')) { boxes(form).forEach((box) => { box.checked = event.target.checked; }); }
    count(form);
  });
  window.addEventListener('pageshow', () => document.querySelectorAll('[data-several]').forEach(count));
})();
