/* Puts a list on this device: the shell is made ready first, then the list is fetched and sealed. The passphrase is sent nowhere. */
(() => {
  'use strict';
  const SHORTEST = 8;
  const { tabletStore } = window;
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  all('[data-tablet-able]').forEach((part) => { part.hidden = !tabletStore.able; });
  all('[data-tablet-unable]').forEach((part) => { part.hidden = tabletStore.able; });

  const form = document.querySelector('[data-tablet-load]');
  if (!form || !tabletStore.able) { return; }
  const told = form.querySelector('[data-tablet-told]');
  const [secret, again] = ['tablet-secret', 'tablet-again'].map((id) => document.getElementById(id));
  const tell = (words) => { told.textContent = words; told.hidden = !words; };
  const wrong = () => {
    if (secret.value.length < SHORTEST) { secret.focus(); return `口令至少${SHORTEST}位。`; }
    if (secret.value !== again.value) { again.focus(); return '两次输入的口令不一样。'; }
    return '';
  };
  /* Until the worker has the page and all its parts; else the list would lie here and nothing could open it. */
  const shellReady = async () => {
    const { installing, waiting, active } = await navigator.serviceWorker.register('/tablet/worker.js');
    const worker = installing || waiting || active;
    await new Promise((resolve, reject) => {
      const look = () => {
        if (worker.state === 'activated') { resolve(); }
        if (worker.state === 'redundant') { reject(new Error('redundant')); }
      };
      worker.addEventListener('statechange', look);
      look();
    });
  };
  const fetched = async () => {
    const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
    const json = (answer.headers.get('Content-Type') || '').startsWith('application/json');
    if (!json) { throw new Error(answer.redirected ? '登录已过期，请重新登录后再试。' : '服务器没有给出名册，请刷新后再试。'); }
    const found = await answer.json();
    if (!answer.ok) { throw new Error(found.told.join('')); }
    return found;
  };
  const saidOf = (error) => {
    if (error.name === 'ConstraintError') { return '这台设备上已经存有这份名册，没有再存。请打开 /tablet/ 页面，用原来的口令。'; }
    return error instanceof TypeError ? '网络不通，请再试一次。' : error.message;
  };
  const load = async () => {
    try { await shellReady(); } catch (error) {
      tell('离线页面没有备好：设备不信任服务器的证书，或者网络不通。请先在“/trust/”页面按说明信任证书，再试一次。');
      return;
    }
    try {
      await tabletStore.keep(await fetched(), secret.value);
      window.location.assign('/tablet/');
    } catch (error) { tell(saidOf(error)); }
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    tell(wrong());
    if (!told.hidden) { return; }
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    await load();
    button.disabled = false;
  });
})();
