/* Has the register's page ready for where there is no network: the page, its styles and scripts, and nobody's data. Its scope is
   /tablet/ alone; the rest of the site has the worker of drafts. STOCKED is set by the server, another one after each upgrade. */
const CACHE = `tablet-${STOCKED}`;
const PAGE = '/tablet/';

const partsOf = (text) => Array.from(new Set(Array.from(text.matchAll(/(?:href|src)="(\/static\/[^"#]+)"/g), (found) => found[1])));
const stock = async () => {
  const cache = await caches.open(CACHE);
  const page = await fetch(PAGE, { cache: 'no-store', credentials: 'omit' });
  if (!page.ok) { throw new Error('no page'); }
  await cache.addAll(partsOf(await page.clone().text()));
  await cache.put(PAGE, page);
};
const cleared = async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith('tablet-') && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
};
/* What is kept comes first: where the signal is weak, waiting for the network would keep voters waiting. */
const kept = async (request) => (await (await caches.open(CACHE)).match(request, { ignoreVary: true, ignoreSearch: true })) || fetch(request);

self.addEventListener('install', (event) => event.waitUntil(stock().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(cleared()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method === 'GET' && (pathname === PAGE || pathname.startsWith('/static/'))) { event.respondWith(kept(request)); }
});
