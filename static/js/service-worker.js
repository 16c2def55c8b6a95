/* Has one page ready for when there is no signal: it says so, and shows what waits to be sent. Keeps that page, its styles and
   scripts, and nothing else: no page of anybody's. */
const CACHE = 'offline';
const PAGE = '/offline/';

const stock = async () => {
  const cache = await caches.open(CACHE);
  const page = await fetch(PAGE, { cache: 'no-store', credentials: 'omit' });
  const parts = Array.from((await page.clone().text()).matchAll(/(?:href|src)="(\/static\/[^"#]+)"/g), (found) => found[1]);
  await cache.addAll(Array.from(new Set(parts)));
  await cache.put(PAGE, page);
};
self.addEventListener('install', (event) => event.waitUntil(stock().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const page = event.request.mode === 'navigate';
  const part = event.request.method === 'GET' && new URL(event.request.url).pathname.startsWith('/static/');
  if (!page && !part) { return; }
  event.respondWith(fetch(event.request).catch(async (error) => {
    const kept = await caches.match(page ? PAGE : event.request, { ignoreVary: true });
    if (kept) { return kept; }
    throw error;
  }));
});
