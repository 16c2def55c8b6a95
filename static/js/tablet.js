/* The issue register on a device without network: a number or name, the voter, the ballot; kept at every tap, sent when asked to.
   Sending has a button and does not happen by itself: where the network comes and goes, it would tell the minute of each voter. */
(() => {
  'use strict';
  const LOOKS = 8000; // milliseconds between two looks whether the server answers
  const IDLE = 10 * 60000; // milliseconds after which the list is locked again
  const { tabletStore, tabletPeople, tabletMerge } = window;
  const screen = document.querySelector('[data-tablet-desk]');
  const state = document.querySelector('[data-tablet-state]');
  const say = (words) => { document.getElementById('live').textContent = words; };

  const make = (tag, given = {}, ...children) => {
    const { on = {}, ...attributes } = given;
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => { if (value !== false) { element.setAttribute(name, value === true ? '' : value); } });
    Object.entries(on).forEach(([name, act]) => element.addEventListener(name, act));
    element.append(...children.filter((child) => child !== null && child !== ''));
    return element;
  };
  const button = (label, act, look = 'btn-outline-secondary') => make('button', { type: 'button', class: `btn ${look}`, on: { click: act } }, label);
  const notice = (tone, ...words) => make('div', { class: `alert alert-${tone}`, role: tone === 'danger' ? 'alert' : 'status' }, make('div', {}, ...words));
  const panel = (title, ...children) => make('section', { class: 'panel' }, make('h2', {}, title), ...children);
  const link = (url, words) => make('a', { href: url }, words);

  /* ---- What is open: the list, its key in memory, what was tapped, and what was said last. ---- */
  let now = null;
  let near = false; // whether the server answered when it was asked last
  const fresh = (row, key, { list, taps }) => ({ row, key, list, taps, told: null, text: '', people: list && tabletPeople(list, taps) });
  const waiting = () => now.taps.filter((tap) => tap.sent !== true).length;
  const reopen = async () => { now = { ...now, ...fresh(now.row, now.key, await tabletStore.open(now.row, now.key)), told: now.told }; };
  const keep = async (tap, said) => {
    if (now.busy) { return; }
    if (Date.now() > now.row.until) { window.location.reload(); return; }
    now.busy = true; // a second tap before the first is kept is the same tap
    try {
      now.taps.push(await tabletStore.addTap(now.row, now.key, { ...tap, said }));
      now.told = notice('success', `${said}纸质登记册也请登记。`);
      say(said);
    } catch (error) { now.told = notice('danger', '没有存下来（设备存储出错），请只用纸质领票登记册。'); }
    now.busy = false;
    now.text = '';
    show();
  };

  /* ---- A voter: what is handed out, to whom. ---- */
  const issue = (person, own, chosen) => {
    const { people } = now;
    const others = chosen.map((one) => ({ one, votes: people.toAgent(one) }));
    const entries = [...people.given(person, 'person', own), ...others.flatMap(({ one, votes }) => people.given(one, 'proxy', votes))];
    const words = own.length ? [`${people.called(person)}，${people.ballots(own)}`] : [];
    others.forEach(({ one, votes }) => words.push(`${people.called(one)}（由受托人领取），${people.ballots(votes)}`));
    if (entries.length) { keep({ entries }, `已登记发票：${words.join('；')}。`); } else { now.told = notice('danger', '请选择发给谁的选票。'); show(); }
  };
  const fetching = (person) => {
    const open = now.people.principals(person).filter((one) => now.people.toAgent(one).length);
    const boxes = open.map((one) => ({ one, box: make('input', { type: 'checkbox', checked: true }) }));
    const part = open.length ? make('fieldset', { class: 'desk-principals' }, make('legend', {}, '受以下选民委托'),
      ...boxes.map(({ one, box }) => make('label', {}, box, ` ${now.people.called(one)}`))) : null;
    return { part, chosen: () => boxes.filter(({ box }) => box.checked).map(({ one }) => one) };
  };
  const unsentOf = (person) => now.taps.some((tap) => tap.sent !== true && (tap.entries || []).some((one) => one.person === person.id));
  const shown = (person) => {
    const { people } = now;
    const own = people.own(person);
    const { part, chosen } = fetching(person);
    const agent = people.toAgent(person);
    const issued = people.issued(person);
    const parts = [make('h2', {}, people.called(person))];
    if (person.b) { parts.push(make('p', { class: 'muted' }, `安排在${person.b}投票。`)); }
    if (issued.length) { parts.push(make('p', {}, `已经领过${issued.map(people.level).join('、')}选票${unsentOf(person) ? '（登记在这台设备上）' : ''}，每一选民只有一个投票权。`)); }
    if (!issued.length && !own.length) { parts.push(make('p', {}, '本人不在这里领票。')); }
    if (part) { parts.push(part); }
    if (own.length) { parts.push(button(`发票（${own.map(people.level).join('、')}）`, () => issue(person, own, chosen()), 'btn-primary desk-issue')); }
    if (!own.length && part) { parts.push(button('发给受托的选票', () => issue(person, [], chosen()), 'btn-primary desk-issue')); }
    if (agent.length) { parts.push(button(`发给受托人${person.x || ''}`, () => issue(person, [], [person]), 'btn-outline-secondary desk-issue')); }
    if (issued.length) {
      parts.push(make('div', { class: 'actions' }, ...issued.map((vote) => button(`${people.level(vote)}选票写坏了，换发`,
        () => keep({ replaced: vote }, `已登记换发：${people.called(person)}，${people.level(vote)}选票1张。`)))));
    }
    return make('section', { class: 'panel desk-person' }, ...parts);
  };
  const nobody = (text) => {
    if (/^\d+$/.test(text)) { return `这份名册上没有${text}号选民，请核对选民证号，或者输入姓名的前两个字。`; }
    return text.length < 2 ? '姓名请至少输入前两个字。' : `这份名册上没有“${text}”，请核对是不是在别处登记。`;
  };
  const finding = () => {
    const field = make('input', { class: 'form-control', id: 'tablet-q', value: now.text, inputmode: 'search', autocomplete: 'off', enterkeyhint: 'search' });
    const search = (event) => { event.preventDefault(); now.text = field.value.trim(); now.told = null; show(); };
    return make('form', { class: 'desk-find', role: 'search', on: { submit: search } }, make('label', { for: 'tablet-q' }, '选民证号，或者姓名的前两个字'),
      make('div', { class: 'desk-row' }, field, make('button', { class: 'btn btn-primary', type: 'submit' }, '查找')));
  };

  /* ---- What was counted, taken back, sent, and cleared. ---- */
  const counters = () => panel('这台设备上的登记', make('dl', { class: 'facts' }, ...now.people.counted().flatMap((one) => [
    make('dt', {}, `${one.level}选票`), make('dd', {}, `本人${one.person}张，受委托${one.proxy}张，共${one.person + one.proxy}张；换发${one.replaced}张`)])));
  const undo = () => {
    const last = now.taps[now.taps.length - 1];
    if (!last || last.sent !== false) { return null; }
    const act = async () => {
      if (now.busy) { return; }
      await tabletStore.removeTap(last);
      now.taps.pop();
      now.told = notice('success', `已撤销上一条（${last.said}）`);
      say('已撤销上一条');
      show();
    };
    return make('section', { class: 'panel' }, make('p', {}, `上一条：${last.said}`), button('登错了，撤销上一条', act));
  };
  const AWAY = () => ['登录已过期。登记都还在这台设备上，没有丢失：请', link('/accounts/login/?next=/tablet/', '重新登录'), '，再回到这一页并入。'];
  const outcome = (sum) => {
    const words = [`已并入${sum.taken}张。`];
    if (sum.conflicts) { words.push(`有${sum.conflicts}条没有并入，列为冲突，没有丢失：`, link(sum.where, '查看和处理冲突'), '。'); }
    if (sum.uncounted) { words.push(`换发${sum.uncounted}张没有计入，请照纸质登记册核对票账。`); }
    if (sum.kind === 'away') { words.push(...AWAY()); }
    if (sum.kind === 'lost') { words.push('还没有送完：网络不通，登记都在这台设备上，稍后再试。'); }
    if (sum.kind === 'refused') { words.push(sum.told); }
    return notice(sum.kind === 'merged' && !sum.conflicts ? 'success' : 'warning', ...words);
  };
  const merge = async (back) => {
    if (now.busy) { return; }
    now.busy = true; // what was tapped or taken back meanwhile would go with the list, or come again
    screen.querySelectorAll('button').forEach((one) => { one.disabled = true; });
    const sum = await tabletMerge.send(now.row, now.taps, back, (part, how) => tabletStore.mark(now.row, now.key, part, how));
    const told = outcome(sum);
    say(told.textContent);
    if (back && sum.kind === 'merged') { await tabletStore.purge(now.row.id); gone(told); return; }
    await reopen();
    Object.assign(now, { told, busy: false });
    show();
  };
  const clear = async () => {
    if (now.busy) { return; }
    const left = waiting();
    const words = left ? `还有${left}条没有并入，清除以后只能照纸质登记册补登。确定清除吗？` : '确定清除这台设备上的名册吗？清除后要在“离线名册”里登记设备没有带回。';
    if (!window.confirm(words)) { return; }
    await tabletStore.purge(now.row.id);
    gone(notice('success', '名册已从这台设备上清除。'));
  };
  const unsent = () => {
    if (!waiting()) { return '没有等待并入的登记。'; }
    return `还有${waiting()}条没有并入${near ? '' : '，都加密存在这台设备上；回到有网络的地方再并入'}。`;
  };
  const handing = () => panel('并入', make('p', {}, `${near ? '有网络，可以并入' : '现在没有网络'}。${unsent()}`),
  make('div', { class: 'actions' }, button('并入并交回', () => merge(true), 'btn-primary'), button(now.list ? '先并入，继续发票' : '先并入', () => merge(false)),
    button('锁上', () => window.location.reload()), button('清除名册', clear, 'btn-link')));

  /* ---- The screens. ---- */
  const heading = () => {
    state.textContent = `${now.row.place}　${now.row.device}　${near ? '有网络' : '没有网络'}　${waiting() ? `${waiting()}条没有并入` : '没有等待并入的登记'}`;
  };
  const show = () => {
    heading();
    if (!now.list) {
      const rest = waiting() ? '没有并入的登记还在，请并入。' : '登记都已并入，请按“并入并交回”。';
      const why = notice('warning', `名册已经清除（过期，或者这一处已经关闭、交回），不能再发票。${rest}`);
      screen.replaceChildren(...[now.told, why, handing()].filter(Boolean));
      return;
    }
    const found = now.text ? now.people.find(now.text) : [];
    const none = now.text && !found.length ? notice('danger', nobody(now.text)) : null;
    screen.replaceChildren(...[now.told, none, finding(), ...found.map(shown), undo(), counters(), handing()].filter(Boolean));
    const next = found.length === 1 ? screen.querySelector('.desk-issue') : document.getElementById('tablet-q');
    if (next) { next.focus(); }
  };
  const gone = (told) => {
    now = null;
    state.textContent = '这台设备上的名册已经清除。';
    screen.replaceChildren(...[told, make('p', {}, link('/', '回到首页'))].filter(Boolean));
  };
  /* One window at a time: two would not know of each other's taps. */
  const alone = (row, start) => navigator.locks.request(`congress-tablet-${row.id}`, { ifAvailable: true }, (lock) => {
    start(Boolean(lock));
    return lock ? new Promise(() => {}) : null;
  });
  const unlocking = (row, single) => {
    const field = make('input', { class: 'form-control', id: `secret-${row.id}`, type: 'password', autocomplete: 'off' });
    const told = make('p', { role: 'alert', class: 'text-danger' });
    const open = async (event) => {
      event.preventDefault();
      told.textContent = '正在打开……';
      let key;
      try { key = await tabletStore.unlock(row, field.value); } catch (error) { told.textContent = '口令不对，请再输一次。'; field.select(); return; }
      const found = await tabletStore.open(row, key);
      await alone(row, (first) => {
        if (!first) { told.textContent = '这份名册在另一个窗口里开着，请到那里办理。'; return; }
        now = fresh(row, key, found);
        show();
      });
    };
    const form = make('form', { class: 'desk-find', on: { submit: open } }, make('label', { for: field.id }, '口令'),
      make('div', { class: 'desk-row' }, field, make('button', { class: 'btn btn-primary', type: 'submit' }, '打开')), told);
    if (single) { setTimeout(() => field.focus(), 0); }
    return panel(`${row.place}　${row.device}`, row.sealed ? '' : make('p', {}, '名册已经清除，没有并入的登记还在。'), form);
  };
  /* What was closed, handed back or declared lost meanwhile needs no names any more; where nothing waits, nothing stays. */
  const settled = async (row) => {
    const seen = await tabletMerge.look(row);
    if (!seen || !seen.gone) { return; }
    if (await tabletStore.unsent(row.id)) { await tabletStore.dropNames(row); } else { await tabletStore.purge(row.id); }
  };
  const start = async () => {
    if (!tabletStore.able) { state.textContent = '这里不能使用离线登记：连接不是加密的（HTTPS），或者浏览器太旧。请用纸质领票登记册。'; return; }
    near = await tabletMerge.near();
    if (near) { await Promise.all((await tabletStore.lists()).map(settled)); }
    const rows = await tabletStore.lists();
    if (!rows.length) { gone(null); state.textContent = '这台设备上没有带走的名册。请在有网络时，从“领票登记”的“离线名册”带走。'; return; }
    state.textContent = '请输入带走名册时定的口令。';
    screen.replaceChildren(...rows.map((row) => unlocking(row, rows.length === 1)));
  };
  let touched = Date.now();
  ['pointerdown', 'keydown'].forEach((name) => document.addEventListener(name, () => { touched = Date.now(); }));
  setInterval(() => { if (now && Date.now() - touched > IDLE) { window.location.reload(); } }, 15000);
  const watch = async () => {
    const before = near;
    near = await tabletMerge.near();
    if (!now || near === before) { return; }
    heading();
    screen.lastElementChild.replaceWith(handing());
    say(near ? '网络已恢复，可以并入。' : '现在没有网络，照常登记。');
  };
  setInterval(watch, LOOKS);
  ['online', 'offline'].forEach((name) => window.addEventListener(name, watch));
  start();
})();
