/* Where unsent words live on this device: encrypted under a key that no script can read out, one for each user, in IndexedDB.
   Where the connection is not secure the browser has no such keys; then they live in this tab only, until it is closed. */
window.drafts = (() => {
  'use strict';
  const DAYS = 14;
  const PREFIX = 'draft:';
  const secure = Boolean(window.isSecureContext && window.crypto.subtle && window.indexedDB);
  const user = () => (document.body.dataset.user || '');
  const fromDevice = document.body.hasAttribute('data-from-device'); // an empty form that the worker had ready: no server was asked
  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };

  /* ---- The database: keys by user, sealed drafts by id, and who was here last. ---- */
  const answerOf = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let opened = null;
  const database = () => {
    if (!opened) {
      const request = indexedDB.open('congress-drafts', 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('keys', { keyPath: 'user' });
        request.result.createObjectStore('drafts', { keyPath: 'id' });
        request.result.createObjectStore('marks', { keyPath: 'name' });
      };
      opened = answerOf(request);
    }
    return opened;
  };
  const ask = async (store, mode, what) => answerOf(what((await database()).transaction(store, mode).objectStore(store)));
  const keyOf = async (whose) => {
    const kept = await ask('keys', 'readonly', (store) => store.get(whose));
    if (kept) { return kept.key; }
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    // Two tabs may make one at the same moment: the first to arrive is everybody's.
    await ask('keys', 'readwrite', (store) => store.add({ user: whose, key })).catch(() => null);
    return (await ask('keys', 'readonly', (store) => store.get(whose))).key;
  };
  const sealed = async (whose, content) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(content));
    return { iv, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(whose), plain) };
  };
  const unsealed = async (row) => {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, await keyOf(row.user), row.sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  };

  const inDatabase = {
    put: async ({ content, ...row }) => {
      const rest = await sealed(row.user, content);
      return ask('drafts', 'readwrite', (store) => store.put({ ...row, ...rest }));
    },
    rows: () => ask('drafts', 'readonly', (store) => store.getAll()),
    open: async (row) => ({ ...row, content: await unsealed(row) }),
    remove: (id) => ask('drafts', 'readwrite', (store) => store.delete(id)),
    forgetKey: (whose) => ask('keys', 'readwrite', (store) => store.delete(whose)),
    mark: async (name) => ((await ask('marks', 'readonly', (store) => store.get(name))) || {}).value,
    setMark: (name, value) => ask('marks', 'readwrite', (store) => store.put({ name, value })),
  };
  const inTab = {
    put: async (row) => sessionStorage.setItem(PREFIX + row.id, JSON.stringify(row)),
    rows: async () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX))
      .map((key) => JSON.parse(sessionStorage.getItem(key))),
    open: async (row) => row,
    remove: async (id) => sessionStorage.removeItem(PREFIX + id),
    forgetKey: async () => null,
    mark: async (name) => JSON.parse(sessionStorage.getItem(`mark:${name}`)),
    setMark: async (name, value) => sessionStorage.setItem(`mark:${name}`, JSON.stringify(value)),
  };
  const store = secure ? inDatabase : inTab;

  /* ---- What the pages ask for. ---- */
  const reader = async () => (fromDevice ? lastHere() : user());
  const mine = async (asked) => {
    const whose = asked === undefined ? await reader() : asked;
    const rows = (await store.rows()).filter((row) => row.user === whose && whose);
    return rows.sort((one, other) => other.changed - one.changed);
  };
  const opening = async (row) => {
    // What cannot be opened any more (the browser lost the key) is of no use to anybody.
    try { return await store.open(row); } catch (error) { await store.remove(row.id); return null; }
  };
  const all = async (whose) => (await Promise.all((await mine(whose)).map(opening))).filter(Boolean);
  const get = async (id) => {
    const row = (await mine()).find((one) => one.id === id);
    return row ? opening(row) : null;
  };
  const forget = async (whose) => {
    const rows = (await store.rows()).filter((row) => row.user === whose);
    await Promise.all(rows.map((row) => store.remove(row.id)));
    await store.forgetKey(whose);
    await forgetForms();
  };
  /* The empty forms this device has ready are those of whoever logged in last. */
  const forgetForms = async () => (window.caches ? caches.delete('forms') : null);
  const ownForms = async () => {
    if (!user() || (await store.mark('forms')) === user()) { return; }
    await forgetForms();
    await store.setMark('forms', user());
  };
  /* Who logs out takes everything along; a page that is no longer his proves that he is gone. */
  const settleNow = async () => {
    const leaving = await store.mark('leaving');
    if (leaving && leaving !== user()) { await forget(leaving); }
    if (leaving) { await store.setMark('leaving', ''); }
    await ownForms();
    if (!fromDevice) { await store.setMark('here', { user: user(), at: Date.now(), idle: Number(document.body.dataset.idleSeconds) || 0 }); }
    const eldest = Date.now() - DAYS * 86400000;
    const old = (await store.rows()).filter((row) => row.changed < eldest);
    await Promise.all(old.map((row) => store.remove(row.id)));
  };
  let settling = null;
  const settle = () => { settling = settling || settleNow(); return settling; };
  /* Who was at work here within the time after which a session ends; nobody else is shown anything without the server. */
  const lastHere = async () => {
    const here = await store.mark('here');
    return here && here.user && Date.now() - here.at < here.idle * 1000 ? here.user : '';
  };
  /* What is written when nobody has proved for long who he is waits until its user has looked at it (alone). */
  const put = async (draft) => store.put({ ...draft, user: user(), changed: Date.now(), alone: (await reader()) !== user() });
  const leave = () => store.setMark('leaving', user());

  /* ---- What the other tabs of this browser must know. ---- */
  const tab = uuid();
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('congress-drafts') : null;
  const listeners = [];
  const tell = (what) => {
    if (channel) { channel.postMessage({ ...what, tab, user: user() }); }
    listeners.forEach((listener) => listener({ ...what, tab, user: user(), own: true }));
  };
  if (channel) {
    channel.addEventListener('message', (event) => {
      if (event.data.user === user()) { listeners.forEach((listener) => listener(event.data)); }
    });
  }
  return { secure, fromDevice, tab, uuid, user, put, get, all, remove: (id) => store.remove(id), settle, leave, lastHere, tell,
    listen: (listener) => listeners.push(listener) };
})();
