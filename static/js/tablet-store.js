/* Where a list that was taken along lives on this device, and what is registered without network: in IndexedDB, sealed under a key
   that is derived from the clerk's passphrase and kept in the memory of the open page alone. */
window.tabletStore = (() => {
  'use strict';
  const ROUNDS = 600000; // of PBKDF2: about a second on a tablet, for every guess
  const able = Boolean(window.isSecureContext && window.crypto.subtle && window.indexedDB && navigator.locks && navigator.serviceWorker);

  /* ---- The database: a row for each list, and one for each tap. ---- */
  const answerOf = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let opened = null;
  const database = () => {
    if (!opened) {
      const request = indexedDB.open('congress-tablet', 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('lists', { keyPath: 'id' });
        request.result.createObjectStore('taps', { keyPath: 'at', autoIncrement: true }).createIndex('list', 'list');
      };
      opened = answerOf(request);
    }
    return opened;
  };
  const read = async (store, what) => answerOf(what((await database()).transaction(store).objectStore(store)));
  /* Done only once it is on the disk: the battery may be empty a moment later. */
  const write = async (stores, what) => {
    const change = (await database()).transaction(stores, 'readwrite', { durability: 'strict' });
    return new Promise((resolve, reject) => {
      const request = what(change);
      change.oncomplete = () => resolve(request ? request.result : undefined);
      change.onabort = () => reject(change.error);
    });
  };

  /* ---- Sealing. ---- */
  const chance = (length) => crypto.getRandomValues(new Uint8Array(length));
  const keyFrom = async (secret, salt, rounds) => {
    const raw = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), 'PBKDF2', false, ['deriveKey']);
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
    return crypto.subtle.deriveKey(how, raw, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  };
  const seal = async (key, content) => {
    const iv = chance(12);
    return { iv, box: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(content))) };
  };
  const unseal = async (key, { iv, box }) => JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, box)));

  /* ---- What the pages ask for. ---- */
  const keep = async ({ list, ...about }, secret) => {
    const salt = chance(16);
    const key = await keyFrom(secret, salt, ROUNDS);
    const row = { ...about, place: list.place, salt, rounds: ROUNDS, proof: await seal(key, about.id), sealed: await seal(key, list) };
    // Never in the place of one that is here already: what was tapped under its key could not be opened any more.
    await write(['lists'], (change) => change.objectStore('lists').add(row));
    if (navigator.storage && navigator.storage.persist) { await navigator.storage.persist(); } // or a full disk might drop it
  };
  /* The names go, what was registered stays until it is merged. */
  const dropNames = (row) => write(['lists'], (change) => change.objectStore('lists').put({ ...row, sealed: null }));
  const lists = async () => {
    const rows = await read('lists', (store) => store.getAll());
    await Promise.all(rows.filter((row) => row.sealed && Date.now() > row.until).map(dropNames));
    return read('lists', (store) => store.getAll());
  };
  const rowsOf = (id) => read('taps', (store) => store.index('list').getAll(id));
  const unsent = async (id) => (await rowsOf(id)).filter((row) => row.sent !== true).length;
  /* The key of a list; throws where the passphrase is another one. */
  const unlock = async (row, secret) => {
    const key = await keyFrom(secret, row.salt, row.rounds);
    await unseal(key, row.proof);
    return key;
  };
  const open = async (row, key) => ({
    list: row.sealed ? await unseal(key, row.sealed) : null,
    taps: await Promise.all((await rowsOf(row.id)).map(async ({ at, sent, ...tap }) => ({ at, sent, ...await unseal(key, tap) }))),
  });
  const addTap = async (row, key, tap) => {
    const sealed = { list: row.id, sent: false, ...await seal(key, tap) };
    return { ...tap, sent: false, at: await write(['taps'], (change) => change.objectStore('taps').add(sealed)) };
  };
  const removeTap = (tap) => write(['taps'], (change) => change.objectStore('taps').delete(tap.at));
  /* `how` is "tried" before a tap goes out (it may have arrived, and is taken back on this device no more), true once it has. */
  const mark = (row, key, taps, how) => Promise.all(taps.map(async ({ at, sent, ...tap }) => {
    const sealed = { at, list: row.id, sent: how, ...await seal(key, tap) };
    await write(['taps'], (change) => change.objectStore('taps').put(sealed));
  }));
  const purge = async (id) => {
    const taps = await rowsOf(id);
    await write(['lists', 'taps'], (change) => {
      taps.forEach((tap) => change.objectStore('taps').delete(tap.at));
      change.objectStore('lists').delete(id);
    });
  };
  return { able, keep, lists, dropNames, unlock, open, addTap, removeTap, mark, unsent, purge };
})();
