/* Forms whose words outlive the page: form[data-draft]. Kept while they are typed, sent by script, forgotten when the server
   says that it has them. The key in the form is the draft's name: sent twice it is still one record. */
(() => {
  'use strict';
  const { drafts, draftFields: fields, draftSend, congress } = window;
  const RETURNED = 'draft-returned';
  const PERSONAL = '姓名、电话等个人信息不存在设备上，请重新填写。';
  const states = new WeakMap();
  const live = new Set();

  const stateOf = (form) => states.get(form);
  const idOf = (form) => fields.keyField(form).value;
  const liveForm = (id) => Array.from(live).find((form) => form.isConnected && idOf(form) === id);
  const isNew = (form) => Boolean(form.elements.namedItem('key'));
  const here = () => window.location.pathname + window.location.search;
  const actionOf = (form) => {
    const target = new URL(form.getAttribute('action') || here(), window.location.href);
    return target.pathname + target.search;
  };

  /* ---- A word above the form, with what can be done. ---- */
  const quiet = (form) => {
    const mine = stateOf(form);
    if (mine.note) { mine.note.remove(); }
    mine.note = null;
  };
  const note = (form, words, tone, buttons = []) => {
    quiet(form);
    const box = document.createElement('div');
    box.className = `alert alert-${tone} draft-note form-page`;
    box.setAttribute('data-draft-note', '');
    const text = document.createElement('p');
    text.textContent = words;
    box.append(text);
    buttons.forEach(([label, act]) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn btn-sm btn-outline-secondary';
      button.textContent = label;
      button.addEventListener('click', act);
      box.append(button);
    });
    form.before(box);
    stateOf(form).note = box;
    congress.announce(words);
  };

  /* ---- Keeping: one write after the other, the last words win; nothing is written any more once it has arrived. ---- */
  const keep = (form, state, more = {}) => {
    const mine = stateOf(form);
    const lacking = [fields.holdsPersonal(form) && '选民的姓名、电话', fields.tooLarge(form) && '选好的文件'].filter(Boolean);
    const content = { fields: fields.read(form), written: fields.written(form), ...more };
    const draft = { id: idOf(form), path: here(), action: actionOf(form), label: form.dataset.draft, state, lacking, content };
    mine.latest = draft;
    const put = async () => {
      if (mine.over || mine.latest !== draft) { return; }
      content.files = await fields.readFiles(form);
      await drafts.put(draft);
    };
    mine.queue = mine.queue.then(put).catch(() => {
      note(form, '这台设备存不下草稿，离开本页内容会丢失，请尽快保存。', 'warning');
    });
    return mine.queue;
  };
  const forget = async (form) => {
    stateOf(form).over = true;
    await stateOf(form).queue;
    await drafts.remove(idOf(form));
  };
  /* Another one on the same page: a fresh key; the words of the first stay where they are kept. */
  const beginAnew = (form) => {
    form.reset();
    fields.keyField(form).value = drafts.uuid();
    Object.assign(stateOf(form), { over: false, waiting: false });
    thaw(form);
    quiet(form);
    congress.unsaved.delete(form);
    drafts.tell({ what: 'changed' });
  };

  /* ---- Bringing back. ---- */
  const wanted = () => (window.location.hash.startsWith('#draft=') ? window.location.hash.slice(7) : '');
  const wordsFor = (draft) => ({
    writing: '已恢复上次没有提交的内容，请核对后提交。',
    unsent: '未发送：这份内容还没有送到，已经恢复；可以再提交一次，不会重复登记。',
    refused: `没有保存：${draft.content.reason}。内容已经恢复，请修改后再提交。`,
  })[draft.state];
  const bringBack = async (form) => {
    const returned = sessionStorage.getItem(RETURNED);
    sessionStorage.removeItem(RETURNED);
    // A form that came back from the server shows what was sent, but for its files; that is newer than any draft.
    if (form.hasAttribute('data-came-back')) {
      const sent = await drafts.get(idOf(form));
      if (sent) { fields.writeFiles(form, sent.content.files); }
      return;
    }
    const ofThisPage = (await drafts.all()).filter((one) => one.path === here() && one.action === actionOf(form));
    const found = ofThisPage.find((one) => one.id === wanted())
      || ofThisPage.find((one) => one.state === 'writing' || returned || !isNew(form));
    if (!found || congress.unsaved.has(form)) { return; }
    if (wanted()) { window.history.replaceState(null, '', here()); }
    restore(form, found);
    const lost = fields.hasPersonalFields(form) ? PERSONAL : '';
    const words = returned ? '登录以前填写的内容已经恢复，请核对后再提交一次。' : wordsFor(found);
    const clear = ['清空，重新填写', async () => { await forget(form); beginAnew(form); }];
    note(form, words + lost, found.state === 'writing' ? 'info' : 'warning', [clear]);
  };
  const restore = (form, draft) => {
    fields.write(form, draft.content.fields);
    fields.writeFiles(form, draft.content.files);
    drafts.tell({ what: 'changed' });
  };

  /* ---- The same draft in two tabs: the one that types last has it, the other stands still and says so. ---- */
  const freeze = (form, words, button) => {
    form.inert = true;
    stateOf(form).frozen = true;
    congress.unsaved.delete(form);
    note(form, words, 'warning', [button]);
  };
  const thaw = (form) => { form.inert = false; stateOf(form).frozen = false; };
  const takeOver = async (form) => {
    const newest = await drafts.get(idOf(form));
    if (newest) { restore(form, newest); }
    thaw(form);
    note(form, `在本页继续填写，另一个窗口已停止。${fields.hasPersonalFields(form) ? PERSONAL : ''}`, 'info');
    drafts.tell({ what: 'typing', id: idOf(form) });
  };
  drafts.listen((message) => {
    const form = message.id && liveForm(message.id);
    if (!form || stateOf(form).sending) { return; }
    if (message.what === 'typing' && !message.own) {
      freeze(form, '这份内容正在另一个窗口里填写，本页先停下，以免重复。', ['在本页继续填写', () => takeOver(form)]);
    } else if (message.what === 'sent') {
      stateOf(form).over = true;
      freeze(form, '这份内容已经发送成功。', ['去查看', () => window.location.assign(message.url)]);
    }
  });

  /* ---- Sending. ---- */
  const busy = (form, on) => {
    if (on) { form.setAttribute('aria-busy', 'true'); } else { form.removeAttribute('aria-busy'); }
    congress.buttonsOf(form).forEach((button) => { button.disabled = on; });
  };
  const UNSENT = {
    offline: '未发送：现在没有网络，没有送到服务器。',
    lost: '未发送：服务器没有应答，还不能确定是否收到。',
    broken: '未发送：服务器出了错，没有确认保存。',
  };
  const stayUnsent = async (form, why) => {
    stateOf(form).waiting = true;
    const words = [UNSENT[why], drafts.secure ? '内容已加密存在这台设备上，' : '连接没有加密，内容只保留到关闭本窗口为止，'];
    words.push('有网后自动再发，不会重复登记。');
    if (fields.holdsPersonal(form)) { words.push('选民的姓名、电话不会存下：请留在本页等待发送，离开后需要补填。'); }
    if (fields.tooLarge(form)) { words.push('选好的文件太大，没有存下：请留在本页等待发送，离开后需要再选。'); }
    const another = isNew(form) ? [['另写一份', () => beginAnew(form)]] : [];
    note(form, words.join(''), 'warning', [['现在重试', () => send(form)], ...another]);
    stateOf(form).note.scrollIntoView({ block: 'center' }); // the button that was pressed is far below on a phone
    congress.unsaved.delete(form);
    drafts.tell({ what: 'changed' });
  };
  const go = (url) => {
    const target = new URL(url, window.location.href);
    if (target.pathname + target.search === here()) { window.location.reload(); } else { window.location.assign(url); }
  };
  const AFTER = {
    saved: async (form, { url }) => {
      congress.unsaved.delete(form);
      await forget(form);
      drafts.tell({ what: 'sent', id: idOf(form), label: form.dataset.draft, url });
      go(url);
    },
    shown: async (form, { html }) => {
      const again = html.includes('data-draft=');
      await keep(form, again ? 'writing' : 'refused', again ? {} : { reason: draftSend.reasonIn(html) });
      quiet(form);
      congress.unsaved.delete(form);
      congress.showPage(html);
      drafts.tell({ what: 'changed' });
    },
    away: async (form) => {
      await keep(form, 'writing');
      sessionStorage.setItem(RETURNED, '1');
      congress.unsaved.delete(form);
      window.location.assign(here());
    },
    offline: (form) => stayUnsent(form, 'offline'),
    lost: (form) => stayUnsent(form, 'lost'),
    broken: (form) => stayUnsent(form, 'broken'),
  };
  const send = async (form, button) => {
    const mine = stateOf(form);
    if (mine.sending || mine.frozen || mine.over) { return; }
    mine.sending = true;
    const body = fields.bodyOf(form, button); // before the buttons rest: a disabled one is not sent
    busy(form, true);
    try {
      await keep(form, 'unsent');
      const outcome = navigator.onLine ? await draftSend.post(actionOf(form), body, idOf(form)) : { kind: 'offline' };
      await AFTER[outcome.kind](form, outcome);
    } finally {
      mine.sending = false;
      busy(form, false);
    }
  };
  document.addEventListener('submit', (event) => {
    if (!states.has(event.target)) { return; }
    event.preventDefault();
    send(event.target, event.submitter);
  }, true);
  const typed = (event) => {
    const form = event.target.form;
    if (!form || !states.has(form)) { return; }
    stateOf(form).waiting = false;
    keep(form, 'writing');
    drafts.tell({ what: 'typing', id: idOf(form) });
  };
  document.addEventListener('input', typed);
  document.addEventListener('photos', typed);

  /* ---- When the signal is back: forms that wait send themselves, with all they hold; then what waits of pages closed. ---- */
  const retry = async () => {
    const waiting = Array.from(live).filter((form) => form.isConnected && stateOf(form).waiting);
    for (const form of waiting) { await send(form); }
    await draftSend.flush((id) => {
      const state = liveForm(id) && stateOf(liveForm(id));
      return Boolean(state && (state.waiting || state.sending)); // it is sent from the page it stands on
    });
  };
  const RETRY_EVERY = 20000; // milliseconds; a signal comes back without the browser noticing
  const ready = drafts.settle();
  const sayThatWordsWait = () => {
    const box = document.createElement('div');
    box.className = 'alert alert-info';
    box.textContent = '登录已失效。刚才填写的内容还在这台设备上，登录后自动恢复。';
    document.getElementById('messages').append(box);
  };
  ready.then(() => {
    if (!drafts.user()) {
      if (sessionStorage.getItem(RETURNED)) { sayThatWordsWait(); }
      return;
    }
    window.addEventListener('online', retry);
    setInterval(() => { if (navigator.onLine && !document.hidden) { retry(); } }, RETRY_EVERY);
    retry();
  });
  /* An empty form the device had ready is as old as the day it was kept: a key and a day of its own. */
  const refresh = async (form) => {
    fields.keyField(form).value = drafts.uuid();
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
    Array.from(form.querySelectorAll('input[type=date]')).filter((field) => field.value).forEach((field) => {
      field.defaultValue = today;
      field.value = today;
    });
    const whose = (await drafts.lastHere()) === drafts.user() ? '有网后自动发送' : '有网、登录后，请在“未发送”里核对、发送';
    note(form, `现在没有网络，这是这台设备上备好的空白表格。填好后照常提交，内容加密存在设备上，${whose}。`, 'info');
  };
  const adopt = async (form) => {
    if (states.has(form) || form.hasAttribute('hx-post') || !fields.keyField(form) || !drafts.user()) { return; }
    states.set(form, { queue: Promise.resolve(), over: false, sending: false, frozen: false, waiting: false, note: null });
    live.add(form);
    await ready;
    if (drafts.fromDevice && isNew(form)) { await refresh(form); }
    await bringBack(form);
  };
  congress.whenShown((root) => congress.within(root, 'form[data-draft]').forEach(adopt));
})();
