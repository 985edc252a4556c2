import type { ForgottenMessage, WorkerMessage } from './save-protocol.ts';
import { DownloadDesk } from './download-desk.ts';

declare const self: ServiceWorkerGlobalScope;

/** Streams downloads from a page to the browser. It answers nothing else and keeps nothing. */
const desk = new DownloadDesk();

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const message: WorkerMessage = event.data;
  const port = event.ports[0];
  if (message.kind === 'save') {
    if (port !== undefined) desk.offer({ ...message, port });
  } else if (!desk.knows(message.id)) {
    const forgotten: ForgottenMessage = { kind: 'forgotten', id: message.id };
    event.source?.postMessage(forgotten);
  }
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin || event.request.method !== 'GET') return;
  const response = desk.answer(url.pathname);
  if (response !== undefined) event.respondWith(response);
});
