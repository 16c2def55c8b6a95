/* Photographs are made smaller before they are sent: input[data-photos]. What cannot be drawn here goes as it is; the server
   looks at every file again, draws pictures anew and takes out where and with what they were made. */
(() => {
  'use strict';
  const SIDE = 1600; // pixels
  const SMALL = 400 * 1024; // bytes below which a picture goes as it is
  const QUALITY = 0.82;
  const working = new WeakMap();

  const isPicture = (file) => file.type.startsWith('image/') || /\.hei[cf]$/i.test(file.name);
  const drawn = async (file) => {
    if (!isPicture(file) || (file.size <= SMALL && !/hei[cf]/i.test(file.type + file.name))) { return file; }
    try {
      const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
      const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
      if (!blob || (blob.size >= file.size && file.type === 'image/jpeg')) { return file; }
      return new File([blob], `${file.name.replace(/\.[^.]*$/, '')}.jpg`, { type: 'image/jpeg' });
    } catch (error) { return file; }
  };
  const inWords = (bytes) => (bytes > 1024 * 1024 ? `${(bytes / 1024 / 1024).toFixed(1)}MB` : `${Math.ceil(bytes / 1024)}KB`);
  const tell = (input, words) => {
    let line = input.parentElement.querySelector('[data-photos-note]');
    if (!line) {
      line = document.createElement('p');
      line.className = 'small-text muted mt-1 mb-0';
      line.setAttribute('data-photos-note', '');
      input.after(line);
    }
    line.textContent = words;
  };
  const shrink = async (input) => {
    const chosen = Array.from(input.files);
    if (!chosen.length) { tell(input, ''); return; }
    tell(input, '正在缩小照片……');
    const smaller = await Promise.all(chosen.map(drawn));
    const carrier = new DataTransfer();
    smaller.forEach((file) => carrier.items.add(file));
    input.files = carrier.files;
    const [before, after] = [chosen, smaller].map((files) => files.reduce((sum, file) => sum + file.size, 0));
    const shrunk = after < before ? `，照片已由${inWords(before)}缩小到${inWords(after)}` : '';
    tell(input, `已选${smaller.length}个文件${shrunk}。`);
    input.dispatchEvent(new Event('photos', { bubbles: true }));
  };
  document.addEventListener('change', (event) => {
    const input = event.target;
    if (input.matches('input[type=file][data-photos]')) { working.set(input, shrink(input).finally(() => working.delete(input))); }
  });
  document.addEventListener('restored', (event) => tell(event.target, `刚才选的${event.target.files.length}个文件还在，不用再选。`));
  /* A form that is sent too early waits for its photographs. */
  document.addEventListener('submit', (event) => {
    const pending = Array.from(event.target.elements).map((field) => working.get(field)).filter(Boolean);
    if (!pending.length) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    Promise.all(pending).then(() => event.target.requestSubmit(button));
  }, true);
})();
