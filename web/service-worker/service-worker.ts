import type { ForgottenMessage, TakeOverMessage, WorkerMessage } from './save-protocol.ts';
import type { ViewPageMessage } from './view-protocol.ts';
import { DownloadDesk } from './download-desk.ts';
import { handleNoticePress } from './notice-press.ts';
import { serveShell } from './shell-worker.ts';
import { takeOver } from './take-over.ts';
import { createViewDesk } from './view-clients.ts';

declare const self: ServiceWorkerGlobalScope;

/** Streams from a page what the browser saves and what that page shows. */
const desk = new DownloadDesk();
const views = createViewDesk(self);

serveShell(self);

const replaceOld = () =>
  takeOver({ locks: self.navigator.locks, skipWaiting: () => self.skipWaiting() });

self.addEventListener('install', (event) => event.waitUntil(replaceOld()));

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const message: WorkerMessage | TakeOverMessage | ViewPageMessage = event.data;
  const port = event.ports[0];
  if (message.kind === 'view-page') event.waitUntil(self.clients.claim());
  else if (message.kind === 'take-over') event.waitUntil(replaceOld());
  else if (message.kind === 'save') {
    if (port !== undefined) desk.offer({ ...message, port });
  } else if (message.kind === 'keep-alive' && !desk.knows(message.id)) {
    const forgotten: ForgottenMessage = { kind: 'forgotten', id: message.id };
    event.source?.postMessage(forgotten);
  }
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const pressed = handleNoticePress({
    listPages: () => self.clients.matchAll({ type: 'window' }),
    openPage: () => self.clients.openWindow('/'),
  });
  event.waitUntil(pressed);
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin || event.request.method !== 'GET') return;
  const response = desk.answer(url.pathname) ?? views.answer(url.pathname, event);
  if (response !== undefined) event.respondWith(response);
});
