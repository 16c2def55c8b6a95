/* Comforts on top of pages that already work without them. No eval, no inline handlers, nothing is sent anywhere else. */
(() => {
  'use strict';
  document.documentElement.classList.add('js');

  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const within = (root, selector) => (root.matches && root.matches(selector) ? [root] : []).concat(all(selector, root));
  const announce = (text) => { document.getElementById('live').textContent = text; };

  /* ---- Errors come first: focus the summary, and let its links focus the fields. ---- */
  const focusErrors = (root) => {
    const [summary] = within(root, '.error-summary');
    if (summary) { summary.focus(); }
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest('.error-summary a');
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (field) { event.preventDefault(); field.focus(); field.scrollIntoView({ block: 'center' }); }
  });

  /* ---- Menus close when one looks elsewhere. ---- */
  document.addEventListener('click', (event) => {
    all('details.menu[open]').forEach((menu) => { if (!menu.contains(event.target)) { menu.open = false; } });
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') { return; }
    all('details.menu[open]').forEach((menu) => { menu.open = false; menu.querySelector('summary').focus(); });
  });

  /* ---- The page that is shown stands in view in the navigation, however large the letters are. ---- */
  all('.sidebar [aria-current]').forEach((here) => {
    const frame = here.closest('.sidebar-inner');
    const below = here.getBoundingClientRect().bottom - frame.getBoundingClientRect().bottom;
    if (below > 0) { frame.scrollTop += below + 8; }
  });

  /* ---- Leaving with unsaved text is confirmed by the browser's own question. ---- */
  const unsaved = new Set();
  document.addEventListener('input', (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute('data-guard')) { unsaved.add(form); }
  });
  window.addEventListener('beforeunload', (event) => {
    if (Array.from(unsaved).some((form) => form.isConnected)) { event.preventDefault(); event.returnValue = ''; }
  });

  /* ---- One click, one request: the buttons rest once a form is on its way. ---- */
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented) { return; }
    if (form.getAttribute('aria-busy') === 'true') { event.preventDefault(); return; }
    unsaved.delete(form);
    if (form.method !== 'post' || form.hasAttribute('hx-post') || form.target) { return; }
    form.setAttribute('aria-busy', 'true');
    // After this turn of events, or the button's own name and value would not be sent.
    setTimeout(() => buttonsOf(form).forEach((button) => { button.disabled = true; }), 0);
    wakeWhenAFileCame(form, event.submitter);
  });
  const wake = (form) => {
    form.removeAttribute('aria-busy');
    buttonsOf(form).forEach((button) => { button.disabled = false; });
  };
  // A file as the answer leaves the page where it is and tells no script; the cookie that comes with it does.
  const lastFile = () => (document.cookie.match(/(?:^|; )file_came=(\w+)/) || [])[1];
  const wakeWhenAFileCame = (form, button) => {
    const before = lastFile();
    const looking = setInterval(() => {
      if (form.getAttribute('aria-busy') !== 'true') { clearInterval(looking); }
      else if (lastFile() && lastFile() !== before) {
        clearInterval(looking);
        wake(form);
        announce('文件已经下载。');
        if (button && button.name === 'look') { unsaved.add(form); }
      }
    }, 400);
  };
  const buttonsOf = (form) => Array.from(form.elements).filter((element) => element.type === 'submit');
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) { return; }
    all('form[aria-busy]').forEach(wake);
  });

  /* ---- Keys: Ctrl+S saves, / searches, Enter goes to the next field of an entry form. ---- */
  const typing = (element) => element.matches('input, textarea, select, [contenteditable]');
  const isLine = (element) => element.matches('input:not([type=submit]):not([type=button]):not([type=checkbox]):not([type=radio]):not([type=hidden]), select');
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
      const form = (event.target.closest && event.target.closest('form')) || document.querySelector('form[data-main-form]');
      if (!form || form.method !== 'post') { return; }
      event.preventDefault();
      const autosaved = all('[data-autosave]', form);
      if (autosaved.length) { autosaved.forEach((area) => area.dispatchEvent(new Event('autosave', { bubbles: true }))); }
      else { form.requestSubmit(); }
      return;
    }
    if (event.key === '/' && !event.ctrlKey && !event.altKey && !typing(event.target)) {
      const search = document.querySelector('[data-search]');
      if (search) { event.preventDefault(); search.focus(); search.select(); }
      return;
    }
    const form = event.target.form;
    if (event.key === 'Enter' && !event.isComposing && form && form.hasAttribute('data-enter-next') && isLine(event.target)) {
      event.preventDefault();
      const fields = Array.from(form.elements).filter((field) => (isLine(field) || field.matches('textarea')) && !field.disabled && field.offsetParent);
      const next = fields[fields.indexOf(event.target) + 1];
      if (next) { next.focus(); if (next.select) { next.select(); } } else { form.requestSubmit(); }
    }
  });

  /* ---- Small parts ---- */
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-print]')) { window.print(); }
  });
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-autosubmit]')) { event.target.form.requestSubmit(); }
  });
  document.addEventListener('change', (event) => {
    const named = event.target.dataset.tickAll;
    if (named) { all(`input[name="${named}"]`, event.target.form).forEach((box) => { box.checked = event.target.checked; }); }
  });
  const passwords = (form) => all('input[autocomplete$="password"]', form);
  document.addEventListener('change', (event) => {
    if (!event.target.matches('[data-show-passwords]')) { return; }
    passwords(event.target.form).forEach((field) => { field.type = event.target.checked ? 'text' : 'password'; });
  });
  // Hidden again before they are sent, or the browser keeps them among what was typed before.
  document.addEventListener('submit', (event) => passwords(event.target).forEach((field) => { field.type = 'password'; }));
  const hideRevealed = (root) => within(root, '[data-hide-after]').forEach((element) => {
    const seconds = Number(element.dataset.hideAfter);
    element.removeAttribute('data-hide-after');
    setTimeout(() => { element.textContent = '（已隐藏）'; }, seconds * 1000);
  });

  /* ---- Saving by itself: textarea[data-autosave] with hx-post and hx-trigger="input changed delay:2s, autosave". ---- */
  const saveState = (area, text) => {
    const state = document.getElementById(area.dataset.autosave);
    if (state) { state.textContent = text; }
  };
  document.addEventListener('htmx:beforeRequest', (event) => {
    if (event.target.matches('[data-autosave]')) { saveState(event.target, '正在保存…'); }
  });
  document.addEventListener('htmx:afterRequest', (event) => {
    const element = event.detail.elt;
    if (!element.matches('[data-autosave]')) { return; }
    const status = event.detail.xhr.status;
    if (status === 409 || status === 422) {
      saveState(element, '尚未保存，请按提示修改。');
    } else if (event.detail.successful) {
      unsaved.delete(element.form);
      saveState(element, `已自动保存 ${new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' })}`);
    } else { saveState(element, '尚未保存：网络不通，您写的内容还在本页，请勿关闭，稍后按 Ctrl+S 再试。'); }
  });
  ['htmx:sendError', 'htmx:timeout', 'htmx:responseError'].forEach((name) => document.addEventListener(name, (event) => {
    const status = event.detail.xhr && event.detail.xhr.status;
    if (status === 401) { window.location.reload(); return; }
    announce('操作没有完成，页面上的内容没有丢失，请稍后再试。');
  }));

  /* ---- Pasting from a spreadsheet: say at once what arrived, and warn of numbers that lost their digits. ---- */
  const describePaste = (area) => {
    const target = document.getElementById(area.dataset.pasteTable);
    const rows = area.value.replace(/\r/g, '').split('\n').filter((row) => row.trim()).map((row) => row.split('\t'));
    target.replaceChildren();
    if (!rows.length) { return; }
    const line = document.createElement('p');
    line.textContent = `已粘贴 ${rows.length} 行、${Math.max(...rows.map((row) => row.length))} 列。`;
    target.append(line);
    if (/\d(\.\d+)?E\+1\d/i.test(area.value)) {
      const warning = document.createElement('p');
      warning.className = 'alert alert-warning';
      warning.textContent = '有长数字被表格软件写成了“1.1E+17”这样的形式，末尾几位已经丢失。请在表格里把这一列设为“文本”，重新填写后再粘贴。';
      target.append(warning);
    }
    const table = document.createElement('table');
    table.className = 'table table-sm';
    rows.slice(0, 5).forEach((cells) => {
      const row = table.insertRow();
      cells.forEach((cell) => { row.insertCell().textContent = cell; });
    });
    const wrap = document.createElement('div');
    wrap.className = 'table-wrap';
    wrap.tabIndex = 0;
    wrap.append(table);
    target.append(wrap);
  };
  document.addEventListener('input', (event) => {
    if (event.target.matches('textarea[data-paste-table]')) { describePaste(event.target); }
  });

  /* ---- The session ends by itself: two minutes before, one click keeps it. ---- */
  const WARN_SECONDS = 120;
  let lastSeen = Date.now();
  const watchSession = () => {
    const idle = Number(document.body.dataset.idleSeconds);
    const warning = document.getElementById('session-warning');
    if (!idle || !warning) { return; }
    warning.querySelector('[data-continue]').addEventListener('click', () => {
      fetch(warning.dataset.keepUrl, { credentials: 'same-origin' }).then((answer) => {
        if (answer.ok && !answer.redirected) { lastSeen = Date.now(); warning.hidden = true; } else { window.location.reload(); }
      }, () => announce('网络不通，请稍后再试。'));
    });
    const watch = setInterval(() => {
      const left = idle - (Date.now() - lastSeen) / 1000;
      warning.hidden = left > WARN_SECONDS;
      if (left > 0) { return; }
      clearInterval(watch);
      // Unsaved text that is no draft stays on the screen, so that it can be copied before signing in again.
      if (Array.from(unsaved).some((form) => !form.hasAttribute('data-draft'))) { warning.querySelector('[data-words]').textContent = '已自动退出。请先复制尚未保存的内容，再重新登录。'; return; }
      unsaved.clear();
      window.location.reload();
    }, 1000);
  };
  document.addEventListener('htmx:afterRequest', (event) => {
    const headers = event.detail.requestConfig && event.detail.requestConfig.headers;
    if (event.detail.successful && !(headers && headers['X-Background'])) { lastSeen = Date.now(); }
  });

  /* ---- A field that applies only with an answer to another, data-asked-with="its name", is asked then; what was typed stays. ---- */
  const askWith = (root) => within(root, '[data-asked-with]').forEach((field) => {
    const answer = field.form.elements[field.dataset.askedWith].value;
    field.closest('[id^="div_id_"]').hidden = !field.value && (!answer || answer === field.dataset.notWith);
  });
  document.addEventListener('change', (event) => { if (event.target.form) { askWith(event.target.form); } });
  document.addEventListener('fields-restored', () => askWith(document));
  window.addEventListener('pageshow', () => askWith(document));

  /* ---- What is new on the page is greeted, by other scripts too; a page that came by script takes the place of this one. ---- */
  const greetings = [focusErrors, hideRevealed, askWith];
  const greet = (root) => greetings.forEach((greeting) => greeting(root));
  const whenShown = (greeting) => { greetings.push(greeting); greeting(document); };
  const showPage = (html) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const main = document.adoptNode(page.getElementById('main'));
    document.getElementById('main').replaceWith(main);
    document.title = page.title;
    window.htmx.process(main);
    window.scrollTo(0, 0);
    greet(main);
  };
  window.congress = { announce, unsaved, within, buttonsOf, whenShown, showPage };
  greet(document);
  watchSession();
  document.addEventListener('htmx:load', (event) => { if (event.detail.elt !== document.body) { greet(event.detail.elt); } });
})();
