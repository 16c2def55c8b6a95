/* Choosing one or several of many by typing: Chinese characters, pinyin or its first letters ("cjk" finds 常稷坤).
   The list underneath stays what is sent, and works alone without this script. */
(() => {
  'use strict';
  const FEW = 7; // no more than this are quicker seen than typed
  const SHOWN = 8;
  const HINT = '输入文字或拼音首字母查找';
  const live = () => document.getElementById('live');
  const fold = (text) => text.trim().toLowerCase().replace(/[\s'’]/g, '');
  let made = 0;

  /* How well an entry fits what was typed: 0 best, none when it does not. */
  const rank = (entry, typed) => {
    if (!typed) { return 0; }
    const text = fold(entry.text);
    if (text.startsWith(typed)) { return 0; }
    if (entry.find.includes(` ${typed}`)) { return 1; }
    if (text.includes(typed)) { return 2; }
    return entry.find.includes(typed) ? 3 : undefined;
  };
  const fitting = (entries, typed) => entries.map((entry, at) => ({ entry, at, rank: rank(entry, typed) }))
    .filter((one) => one.rank !== undefined).sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, SHOWN).map((one) => one.entry);

  /* The field and its list. `entries()` are {text, find, pick()}; `settle(input)` is called when it is left. */
  const combobox = (label, entries, settle) => {
    const frame = document.createElement('div');
    const input = document.createElement('input');
    const list = document.createElement('ul');
    made += 1;
    frame.className = 'chooser';
    list.id = `chooser-${made}`;
    list.className = 'chooser-list';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', label);
    input.className = 'form-control';
    input.type = 'text';
    input.autocomplete = 'off';
    Object.entries({
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id,
    }).forEach(([name, value]) => input.setAttribute(name, value));
    frame.append(input, list);

    let shown = [];
    let active = -1;
    const mark = (at) => {
      active = at;
      Array.from(list.children).forEach((item, number) => item.setAttribute('aria-selected', String(number === at)));
      if (at < 0) { input.removeAttribute('aria-activedescendant'); return; }
      input.setAttribute('aria-activedescendant', list.children[at].id);
      list.children[at].scrollIntoView({ block: 'nearest' });
    };
    const close = () => {
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      mark(-1);
    };
    const open = (typed) => {
      shown = fitting(entries(), fold(typed));
      list.replaceChildren(...shown.map((entry, number) => {
        const item = document.createElement('li');
        item.id = `${list.id}-${number}`;
        item.setAttribute('role', 'option');
        item.textContent = entry.text;
        return item;
      }));
      list.hidden = shown.length === 0;
      input.setAttribute('aria-expanded', String(shown.length > 0));
      mark(shown.length && typed ? 0 : -1);
      if (typed) { live().textContent = shown.length ? `找到 ${shown.length} 项` : '没有找到，请换个字再试'; }
    };
    const pick = (entry) => { close(); entry.pick(); };

    input.addEventListener('input', () => { if (input.value.trim()) { open(input.value); } else { close(); } });
    input.addEventListener('click', () => { if (list.hidden) { open(''); } });
    input.addEventListener('blur', () => { close(); settle(input); });
    input.addEventListener('keydown', (event) => {
      if (event.isComposing) { return; }
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        if (list.hidden) { open(''); }
        if (!shown.length) { return; }
        const step = event.key === 'ArrowDown' ? 1 : -1;
        mark((active + step + shown.length) % shown.length);
      } else if (event.key === 'Enter') {
        if (list.hidden && !input.value) { return; }
        event.preventDefault();
        event.stopPropagation();
        if (!list.hidden && active >= 0) { pick(shown[active]); }
      } else if (event.key === 'Escape' && !list.hidden) {
        event.stopPropagation();
        close();
      }
    });
    list.addEventListener('mousedown', (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener('click', (event) => {
      const at = Array.from(list.children).indexOf(event.target);
      if (at >= 0) { pick(shown[at]); }
    });
    return { frame, input };
  };

  const chooseOne = (select) => {
    const options = Array.from(select.options);
    if (options.filter((option) => option.dataset.find).length <= FEW || select.multiple) { return; }
    const label = document.querySelector(`label[for="${select.id}"]`);
    const empty = options.find((option) => !option.value);
    const show = (input) => { input.value = select.value ? select.options[select.selectedIndex].text : ''; };
    const choose = (option) => {
      select.value = option.value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      select.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const entries = () => options.filter((option) => option.value)
      .map((option) => ({ text: option.text, find: option.dataset.find || '', pick: () => { choose(option); show(input); } }));
    const { frame, input } = combobox(label ? label.textContent.trim() : '', entries, () => {
      if (!input.value.trim() && empty && select.value) { choose(empty); }
      show(input);
    });
    input.placeholder = `${empty ? empty.text.replace(/[（）]/g, '') : '请选择'}，${HINT}`;
    input.id = select.id; // what names and describes the field, and links to it, now means this
    select.id = `${select.id}-chosen`;
    ['aria-describedby', 'aria-invalid', 'required'].forEach((name) => {
      if (select.hasAttribute(name)) { input.setAttribute(name === 'required' ? 'aria-required' : name, select.getAttribute(name) || 'true'); }
    });
    if (select.classList.contains('is-invalid')) { input.classList.add('is-invalid'); frame.classList.add('is-invalid'); }
    select.required = false;
    select.hidden = true;
    select.after(frame);
    select.addEventListener('change', () => show(input));
    input.addEventListener('focus', () => input.select());
    show(input);
  };

  const chooseSeveral = (boxes) => {
    if (boxes.length <= FEW) { return; }
    const rows = boxes.map((box) => box.closest('.form-check') || box.parentElement);
    const text = (at) => rows[at].textContent.trim();
    const group = boxes[0].closest('fieldset');
    const legend = group && group.querySelector('legend');
    const name = legend ? legend.textContent.replace('*', '').trim() : '';
    const around = rows[0].parentElement;
    let whole = false;
    const all = document.createElement('button');
    const refresh = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      boxes.forEach((box, at) => { rows[at].hidden = !whole && !box.checked; });
      around.hidden = !whole && !ticked;
      all.textContent = whole ? '只看已选的' : `列出全部 ${boxes.length} 项${ticked ? `，已选 ${ticked} 项` : ''}`;
      all.setAttribute('aria-expanded', String(whole));
    };
    const entries = () => boxes.map((box, at) => ({ box, at })).filter(({ box }) => !box.checked).map(({ box, at }) => ({
      text: text(at),
      find: box.dataset.find,
      pick: () => {
        box.checked = true;
        box.dispatchEvent(new Event('change', { bubbles: true }));
        box.dispatchEvent(new Event('input', { bubbles: true }));
        input.value = '';
        live().textContent = `已选 ${text(at)}`;
      },
    }));
    const { frame, input } = combobox(name, entries, () => { input.value = ''; });
    input.placeholder = HINT;
    input.setAttribute('aria-label', `查找并添加${name}`);
    all.type = 'button';
    all.className = 'link-button';
    all.addEventListener('click', () => { whole = !whole; refresh(); });
    frame.append(all);
    around.before(frame);
    const wrong = around.querySelector('.invalid-feedback');
    if (wrong) { wrong.classList.add('d-block'); frame.append(wrong); }
    // After the others: a box that ticks them all says so of itself alone.
    boxes[0].form.addEventListener('change', () => setTimeout(refresh, 0));
    document.addEventListener('fields-restored', refresh);
    refresh();
  };

  const chosenFrom = new WeakSet();
  const enhance = (root) => {
    root.querySelectorAll('form select').forEach((select) => { if (!select.hidden) { chooseOne(select); } });
    root.querySelectorAll('form').forEach((form) => {
      const groups = new Map();
      form.querySelectorAll('input[type=checkbox][data-find]').forEach((box) => {
        groups.set(box.name, [...(groups.get(box.name) || []), box]);
      });
      groups.forEach((boxes) => {
        if (chosenFrom.has(boxes[0])) { return; }
        chosenFrom.add(boxes[0]);
        chooseSeveral(boxes);
      });
    });
  };
  window.congress.whenShown(enhance); // a page that was sent back by script too
  document.addEventListener('fields-restored', () => {
    document.querySelectorAll('.chooser').forEach((frame) => {
      const select = frame.previousElementSibling;
      if (select && select.matches('select')) { select.dispatchEvent(new Event('change')); }
    });
  });
})();
