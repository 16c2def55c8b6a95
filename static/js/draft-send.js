/* Sending a form so that its words outlive whatever happens on the way: what came of it is told, never guessed. */
window.draftSend = (() => {
  'use strict';
  const PATIENCE = 60000; // milliseconds after which no answer counts as none
  const BUSY = [408, 429, 502, 503, 504];

  /* {kind: saved (url) | shown (html) | away (signed out) | lost (no answer) | broken}. Only "saved" is proof. */
  const post = async (action, body, key, more = {}) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(action, { method: 'POST', body, headers: { 'X-Draft': key, ...more }, credentials: 'same-origin', signal: stop.signal });
      return await outcomeOf(answer, key);
    } catch (error) {
      return { kind: 'lost' };
    } finally { clearTimeout(timer); }
  };
  const outcomeOf = async (answer, key) => {
    if ((answer.headers.get('Content-Type') || '').startsWith('application/json')) {
      const told = await answer.json();
      return told.saved === key ? { kind: 'saved', url: told.url } : { kind: 'broken' };
    }
    if (answer.redirected || [401, 403].includes(answer.status)) { return { kind: 'away' }; }
    if (BUSY.includes(answer.status)) { return { kind: 'lost' }; }
    if (answer.status >= 500) { return { kind: 'broken' }; }
    return { kind: 'shown', html: await answer.text() };
  };
  const token = () => JSON.parse(document.body.getAttribute('hx-headers') || '{}')['X-CSRFToken'] || '';
  const reasonIn = (html) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const said = page.querySelector('.error-summary li, .finding, main .alert, main h1');
    return said ? said.textContent.trim().replace(/\s+/g, ' ').slice(0, 120) : '服务器没有接受';
  };

  /* Sends one kept draft; returns what came of it. It goes only when the server says that it has it. */
  const sendKept = async (draft) => {
    const outcome = navigator.onLine ? await post(draft.action, window.draftFields.bodyOfKept(draft.content.fields, draft.content.files, token()), draft.id, { 'X-Background': '1' })
      : { kind: 'lost' };
    if (outcome.kind === 'saved') {
      await window.drafts.remove(draft.id);
      window.drafts.tell({ what: 'sent', id: draft.id, label: draft.label, url: outcome.url });
    } else if (outcome.kind === 'shown' || outcome.kind === 'broken') {
      const reason = outcome.html ? reasonIn(outcome.html) : '服务器出了错，没有确认保存';
      await window.drafts.put({ ...draft, state: 'refused', content: { ...draft.content, reason } });
      window.drafts.tell({ what: 'changed', id: draft.id });
    }
    return outcome;
  };

  /* Sends what waits, one after the other and in one tab at a time; stops where there is no signal or no session. */
  const inOneTab = (work) => (navigator.locks ? navigator.locks.request('congress-drafts', work) : work());
  const once = (except) => inOneTab(async () => {
    const waiting = (await window.drafts.all()).filter((one) => one.state === 'unsent' && !one.lacking.length && !one.alone && !except(one.id));
    for (const draft of waiting.reverse()) {
      const { kind } = await sendKept(draft);
      if (kind === 'lost' || kind === 'away') { return; }
    }
  });
  /* Who asks while one is under way (the signal is back, and the last try has not yet noticed) is served after it. */
  let underWay = false;
  let asked = false;
  const flush = async (except) => {
    asked = true;
    if (underWay) { return; }
    underWay = true;
    try {
      while (asked) { asked = false; await once(except); }
    } finally { underWay = false; }
  };
  return { post, sendKept, flush };
})();
