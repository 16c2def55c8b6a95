/* Sends what a device registered, in batches that bear keys: a batch that is sent again changes nothing. Entries go in the order of
   their keys, one of chance, and without the names. */
window.tabletMerge = (() => {
  'use strict';
  const AT_ONCE = 200;
  const FEW = '服务器没有接受，登记都还在这台设备上。';
  class Stopped extends Error { constructor(kind, told = '') { super(told); this.kind = kind; } }

  const ask = async (url, options = {}) => {
    let answer;
    try { answer = await fetch(url, { credentials: 'same-origin', cache: 'no-store', ...options }); } catch (error) { throw new Stopped('lost'); }
    const json = (answer.headers.get('Content-Type') || '').startsWith('application/json');
    if (answer.redirected || answer.status === 401) { throw new Stopped('away'); }
    if (!json) { throw new Stopped([502, 503, 504].includes(answer.status) ? 'lost' : 'refused', answer.status === 404 ? '这个账号不在这一处发票，请用带走名册的人的账号登录。' : FEW); }
    const found = await answer.json();
    if (!answer.ok) { throw new Stopped('refused', (found.told || [FEW]).join('')); }
    return found;
  };
  /* How the server sees the list; null where nobody can be asked. */
  const look = async (row) => { try { return await ask(row.merge); } catch (error) { return null; } };
  /* Whether the server answers: a tablet in a net without a way out says that it is online. */
  const near = async () => {
    if (!navigator.onLine) { return false; }
    try { await fetch('/tablet/worker.js', { method: 'HEAD', cache: 'no-store', credentials: 'omit' }); return true; } catch (error) { return false; }
  };
  const totals = (taps) => taps.filter((tap) => tap.replaced).reduce((sum, { replaced }) => ({ ...sum, [replaced]: (sum[replaced] || 0) + 1 }), {});
  const plain = (taps) => taps.flatMap((tap) => tap.entries || []).map(({ person, ...entry }) => entry).sort((one, other) => (one.key < other.key ? -1 : 1));
  const batches = (taps) => {
    const found = [[]];
    taps.forEach((tap) => {
      if (plain([...found[found.length - 1], tap]).length > AT_ONCE) { found.push([]); }
      found[found.length - 1].push(tap);
    });
    return found;
  };
  /* `mark` is told of each batch that it goes out, and that the server has it. */
  const send = async (row, taps, back, mark) => {
    const sum = { kind: 'merged', taken: 0, conflicts: 0, uncounted: 0, where: '' };
    try {
      const { token } = await ask(row.merge);
      const parts = batches(taps.filter((tap) => tap.sent !== true));
      const told = taps.filter((tap) => tap.sent === true);
      for (const [at, part] of parts.entries()) {
        told.push(...part); // no exchange of a later batch, which may yet be taken back
        const body = new URLSearchParams({ entries: JSON.stringify(plain(part)), replaced: JSON.stringify(totals(told)) });
        await mark(part, 'tried');
        if (back && at === parts.length - 1) { body.set('back', 'on'); }
        const answer = await ask(row.merge, { method: 'POST', body, headers: { 'X-CSRFToken': token } });
        ['taken', 'conflicts', 'uncounted'].forEach((name) => { sum[name] += answer[name]; });
        sum.where = answer.where;
        await mark(part, true);
      }
      return sum;
    } catch (error) {
      if (!(error instanceof Stopped)) { throw error; }
      return { ...sum, kind: error.kind, told: error.message };
    }
  };
  return { look, near, send };
})();
