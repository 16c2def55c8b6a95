/* 未发送: what waits on this device, on every page of the user it belongs to; and what becomes of it when he logs out. */
(() => {
  'use strict';
  const { drafts, draftSend, congress } = window;
  const STATES = { unsent: '未发送', writing: '没写完', refused: '没有保存' };
  const SHORT = 60; // characters of the words shown in the menu

  const piece = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text) { element.textContent = text; }
    return element;
  };
  const button = (label, act) => {
    const element = piece('button', 'btn btn-sm btn-outline-secondary', label);
    element.type = 'button';
    element.addEventListener('click', act);
    return element;
  };
  const remarkOn = (draft) => {
    if (draft.state === 'refused') { return draft.content.reason; }
    if (draft.alone) { return '写的时候没有网络、登录已过期，请核对后再发送。'; }
    return draft.lacking.length ? `${draft.lacking.join('、')}没有存在设备上，请打开补上；不补也可以直接发送。` : '';
  };
  const deed = (draft) => {
    const actions = piece('div', 'unsent-actions');
    const open = piece('a', 'btn btn-sm btn-outline-secondary', '打开');
    open.href = `${draft.path}#draft=${draft.id}`;
    open.addEventListener('click', (event) => {
      if (draft.path !== window.location.pathname + window.location.search) { return; }
      event.preventDefault();
      window.location.hash = `draft=${draft.id}`;
      window.location.reload();
    });
    actions.append(open);
    if (draft.state === 'unsent') { actions.append(button('发送', () => draftSend.sendKept(draft).then(said))); }
    actions.append(button('删除', async () => {
      if (!window.confirm(`删除后不能恢复。确定删除“${draft.label}”吗？`)) { return; }
      await drafts.remove(draft.id);
      drafts.tell({ what: 'changed' });
    }));
    return actions;
  };
  const said = (outcome) => {
    const words = { lost: '还没有送到，有网后会自动再发。', away: '登录已失效，请重新登录后再发送。', shown: '没有保存，原因写在“未发送”里。', broken: '服务器出了错，请稍后再试。' };
    if (words[outcome.kind]) { congress.announce(words[outcome.kind]); window.alert(words[outcome.kind]); }
  };
  const entry = (draft, whole) => {
    const item = piece('li');
    const head = piece('p', 'unsent-head');
    const at = new Date(draft.changed).toLocaleString('zh-CN', { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });
    head.append(piece('strong', '', `${STATES[draft.state]}：${draft.label}`), piece('span', 'muted small-text', at));
    const words = draft.content.written;
    const short = !whole && draft.state !== 'refused' && words.length > SHORT;
    item.append(head, piece('p', 'prose', short ? `${words.slice(0, SHORT)}……` : words));
    const remark = remarkOn(draft);
    if (remark) { item.append(piece('p', 'muted small-text', remark)); }
    return item;
  };

  /* ---- The menu on every page. What is just being typed on this page is not yet "unsent". ---- */
  const here = (draft) => draft.state === 'writing' && draft.path === window.location.pathname + window.location.search
    && Array.from(document.querySelectorAll('form[data-draft] [name=key], form[data-draft] [name=client_key]')).some((field) => field.value === draft.id);
  const show = async () => {
    const menu = document.querySelector('[data-unsent]');
    if (!menu) { return; }
    const waiting = (await drafts.all()).filter((draft) => !here(draft));
    menu.hidden = !waiting.length;
    menu.querySelector('[data-unsent-count]').textContent = waiting.length;
    menu.querySelector('[data-unsent-list]').replaceChildren(...waiting.map((draft) => {
      const item = entry(draft, false);
      item.append(deed(draft));
      return item;
    }));
  };
  const tellSent = (message) => {
    const box = piece('div', 'alert alert-success');
    const link = piece('a', '', `已发送：${message.label}`);
    link.href = message.url;
    box.setAttribute('role', 'status');
    box.append(link);
    document.getElementById('messages').append(box);
    congress.announce(`已发送：${message.label}`);
  };
  drafts.listen((message) => {
    if (message.what === 'sent' && message.own) { tellSent(message); }
    if (message.what !== 'typing') { show(); }
  });

  /* ---- Logging out takes everything along; what is not sent yet is asked about first. ---- */
  const leave = async (form) => {
    const waiting = (await drafts.all()).length;
    if (waiting && !window.confirm(`还有 ${waiting} 份内容没有发送，退出登录会把它们从这台设备上删除。确定退出吗？`)) { return; }
    await drafts.leave();
    congress.unsaved.clear();
    form.submit();
  };
  document.addEventListener('submit', (event) => {
    if (!event.target.hasAttribute('data-clear-drafts')) { return; }
    event.preventDefault();
    leave(event.target).catch(() => event.target.submit());
  }, true);

  /* ---- The page that stands in when there is no signal: whose words they are was said when there was one. ---- */
  const showOffline = async (list) => {
    const whose = await drafts.lastHere();
    const waiting = await drafts.all(whose);
    document.querySelector('[data-offline-none]').hidden = waiting.length > 0;
    list.replaceChildren(...waiting.map((draft) => entry(draft, true)));
  };
  const tryAgain = () => fetch('/offline/', { cache: 'no-store' })
    .then(() => window.location.replace(window.location.pathname + window.location.search), () => null);
  const TRY_EVERY = 3000; // milliseconds
  /* The empty forms that open all the same. */
  const showForms = async (list) => {
    const forms = await caches.open('forms');
    const pages = await Promise.all((await forms.keys()).map(async (key) => [key.url, await (await forms.match(key, { ignoreVary: true })).text()]));
    list.replaceChildren(...pages.map(([url, text]) => {
      const item = piece('li');
      const link = piece('a', 'btn btn-outline-secondary', new DOMParser().parseFromString(text, 'text/html').querySelector('h1').textContent.trim());
      link.href = url;
      item.append(link);
      return item;
    }));
  };
  const offline = document.querySelector('[data-offline-list]');
  if (offline) {
    showOffline(offline);
    showForms(document.querySelector('[data-offline-forms]')).catch(() => null);
    window.addEventListener('online', tryAgain);
    setInterval(tryAgain, TRY_EVERY);
  } else { show().catch(() => null); }

  /* ---- The worker that has this page ready. Where the browser allows none, all else works without it. ---- */
  if (drafts.user() && window.isSecureContext && 'serviceWorker' in navigator) {
    navigator.serviceWorker.register('/service-worker.js').catch(() => null);
  }
})();
