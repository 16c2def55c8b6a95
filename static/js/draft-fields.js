/* A form's words as a draft holds them, and back into the form. Fields of persons are never among them. */
window.draftFields = (() => {
  'use strict';
  const UNKEPT = ['password', 'file', 'submit', 'button', 'image', 'reset'];
  const KEYS = ['key', 'client_key'];
  const ticked = (field) => ['checkbox', 'radio'].includes(field.type);
  const personal = (field) => Boolean(field.closest('[data-personal]'));
  const named = (form) => Array.from(form.elements).filter((field) => field.name && !UNKEPT.includes(field.type)
    && field.name !== 'csrfmiddlewaretoken');
  const keyField = (form) => named(form).find((field) => KEYS.includes(field.name));

  // No field is meant for such numbers but those that are not kept; the server refuses them in all others.
  const NUMBERS = /(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)/g;
  const withoutNumbers = (text) => text.replace(NUMBERS, '〔号码没有保存〕');

  const read = (form) => named(form).filter((field) => !personal(field)).map((field) => (ticked(field)
    ? [field.name, field.value, field.checked] : [field.name, withoutNumbers(field.value)]));

  /* Puts the words back. What the page hides (versions, the record it is about) stays as the page of today has it. */
  const write = (form, kept) => {
    const fields = named(form).filter((field) => !personal(field) && (field.type !== 'hidden' || KEYS.includes(field.name)));
    kept.forEach(([name, value, checked]) => {
      const field = fields.find((one) => one.name === name && (checked === undefined || one.value === value));
      if (!field) { return; }
      if (checked === undefined) { field.value = value; } else { field.checked = checked; }
    });
    document.dispatchEvent(new CustomEvent('fields-restored')); // what is built over fields shows them again
    Array.from(form.querySelectorAll('details.aside')).forEach((aside) => {
      if (named(form).some((field) => aside.contains(field) && field.type !== 'hidden' && differs(field))) { aside.open = true; }
    });
  };
  const differs = (field) => {
    if (ticked(field)) { return field.checked !== field.defaultChecked; }
    if (field.options) { return Array.from(field.options).some((option) => option.selected && !option.defaultSelected && option.index); }
    return field.value !== field.defaultValue;
  };

  const hasPersonalFields = (form) => named(form).some(personal);
  const holdsPersonal = (form) => named(form).some((field) => personal(field) && field.value.trim() && field.type !== 'hidden');
  const written = (form) => named(form).filter((field) => !personal(field) && ['textarea', 'text'].includes(field.type))
    .map((field) => withoutNumbers(field.value.trim())).filter(Boolean).join('\n');

  /* Chosen files go along in a draft as letters, so that they are sealed like the words; more than that stays with the page. */
  const MOST = 8 * 1024 * 1024; // bytes
  const fileFields = (form) => Array.from(form.elements).filter((field) => field.type === 'file' && field.files.length);
  const letters = new WeakMap(); // of a file: read once, not at every key
  const lettersOf = (file) => {
    if (!letters.has(file)) {
      letters.set(file, new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(file);
      }));
    }
    return letters.get(file);
  };
  const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const tooLarge = (form) => fileFields(form).reduce((sum, field) => sum + Array.from(field.files)
    .reduce((size, file) => size + file.size, 0), 0) > MOST;
  const readFiles = async (form) => {
    const chosen = tooLarge(form) ? [] : fileFields(form).flatMap((field) => Array.from(field.files, (file) => [field.name, file]));
    return Promise.all(chosen.map(async ([name, file]) => [name, file.name, file.type, await lettersOf(file)]));
  };
  const fileOf = ([, called, type, text]) => new File([bytesOf(text)], called, { type });
  const writeFiles = (form, kept = []) => {
    Array.from(form.elements).filter((field) => field.type === 'file').forEach((field) => {
      const carrier = new DataTransfer();
      kept.filter(([name]) => name === field.name).forEach((one) => carrier.items.add(fileOf(one)));
      if (!carrier.files.length) { return; }
      field.files = carrier.files;
      field.dispatchEvent(new Event('restored', { bubbles: true }));
    });
  };

  /* What is sent: the whole form while it is open, else what was kept of it. */
  const bodyOf = (form, button) => {
    const body = new FormData(form);
    if (button && button.name) { body.append(button.name, button.value); }
    return body;
  };
  const bodyOfKept = (kept, files, token) => {
    const body = new FormData();
    body.append('csrfmiddlewaretoken', token);
    kept.forEach(([name, value, checked]) => { if (checked !== false) { body.append(name, value); } });
    (files || []).forEach((one) => body.append(one[0], fileOf(one)));
    return body;
  };
  return { read, write, keyField, hasPersonalFields, holdsPersonal, tooLarge, readFiles, writeFiles, written, bodyOf, bodyOfKept };
})();
