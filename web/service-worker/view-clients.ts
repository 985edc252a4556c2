import { ViewDesk } from './view-desk.ts';

/** The desk for views, asking the pages of this very worker. */
export function createViewDesk(scope: ServiceWorkerGlobalScope): {
  readonly answer: (path: string, event: FetchEvent) => Promise<Response> | undefined;
} {
  const desk = new ViewDesk({
    findPage: async (clientId) => {
      // Of a navigation, which has no page yet, there is none.
      const client = clientId === '' ? undefined : await scope.clients.get(clientId);
      return client instanceof WindowClient ? client : undefined;
    },
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  });
  return {
    answer: (path, { request, clientId }) =>
      desk.answer({
        path,
        destination: request.destination,
        range: request.headers.get('range'),
        clientId,
      }),
  };
}
