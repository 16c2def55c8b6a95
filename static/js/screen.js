/* The big screen: says of when the numbers are that it shows while the server does not answer, and goes on asking. */
(() => {
  'use strict';
  const lost = () => {
    const shown = document.querySelector('[data-shown-at]');
    const note = document.getElementById('stale');
    note.textContent = `与服务器失去联系，显示的是${shown ? shown.dataset.shownAt : '先前'}的数据，正在重试。`;
    note.hidden = false;
  };
  document.body.addEventListener('htmx:sendError', lost);
  document.body.addEventListener('htmx:timeout', lost);
  document.body.addEventListener('htmx:responseError', lost);
  document.body.addEventListener('htmx:beforeSwap', (event) => {
    // Logged out meanwhile: the page of the log-in is no part of the screen.
    if (event.detail.xhr.responseURL && !event.detail.xhr.responseURL.includes(event.detail.pathInfo.requestPath.split('?')[0])) {
      event.detail.shouldSwap = false;
      lost();
    }
  });
  document.body.addEventListener('htmx:afterSwap', () => { document.getElementById('stale').hidden = true; });
})();
