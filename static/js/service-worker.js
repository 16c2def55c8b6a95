/* Has one page ready for when there is no signal: it says so, and shows what waits to be sent; and beside it the empty forms of
   which the server says that they may be opened then. Those hold no record, and of persons only what every user may see and
   whose form it is; the words typed into them are kept by the page, sealed. */
const CACHE = 'offline';
const FORMS = 'forms';
const PAGE = '/offline/';
const OPENS = 'X-Opens-Offline';
const DAYS = 14;

const partsOf = (text) => Array.from(new Set(Array.from(text.matchAll(/(?:href|src)="(\/static\/[^"#]+)"/g), (found) => found[1])));
const stock = async () => {
  const cache = await caches.open(CACHE);
  const page = await fetch(PAGE, { cache: 'no-store', credentials: 'omit' });
  await cache.addAll(partsOf(await page.clone().text()));
  await cache.put(PAGE, page);
};
const keepForm = async (url, page) => {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map((one) => new URL(one.url).pathname));
  await cache.addAll(partsOf(await page.clone().text()).filter((part) => !kept.has(part)));
  await (await caches.open(FORMS)).put(url, page);
};
const emptyForm = async (url) => {
  const page = await (await caches.open(FORMS)).match(url, { ignoreVary: true });
  if (!page || Date.now() - Date.parse(page.headers.get('Date')) > DAYS * 86400000) { return null; }
  const headers = new Headers(page.headers);
  ['Content-Encoding', 'Content-Length'].forEach((name) => headers.delete(name));
  return new Response((await page.text()).replace('<body ', '<body data-from-device '), { headers });
};
const opened = async (event) => {
  const { url } = event.request;
  try {
    const page = await fetch(event.request);
    if (page.ok && page.headers.has(OPENS) && !new URL(url).search) { event.waitUntil(keepForm(url, page.clone()).catch(() => null)); }
    return page;
  } catch (error) {
    const kept = await emptyForm(url) || await caches.match(PAGE, { ignoreVary: true });
    if (kept) { return kept; }
    throw error;
  }
};
const part = (request) => fetch(request).catch(async (error) => {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) { return kept; }
  throw error;
});
self.addEventListener('install', (event) => event.waitUntil(stock().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate') {
    event.respondWith(opened(event));
  } else if (request.method === 'GET' && new URL(request.url).pathname.startsWith('/static/')) {
    event.respondWith(part(request));
  }
});
