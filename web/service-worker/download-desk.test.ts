import { afterEach, describe, expect, test } from 'vitest';
import { DownloadDesk } from './download-desk.ts';

const ports: MessagePort[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function offerTo(desk: DownloadDesk, id: string, size?: number) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  desk.offer({ id, name: 'a', size, port: port2 });
}

describe('DownloadDesk', () => {
  test.each(['/', '/save', '/save/', '/save/id/more', '/service-worker.js', '/socket.io/save/id'])(
    'leaves %s to the network',
    (path) => {
      const desk = new DownloadDesk();
      offerTo(desk, 'id');
      expect(desk.answer(path)).toBeUndefined();
    },
  );

  test('answers an offered download once, and nothing that was not offered', () => {
    const desk = new DownloadDesk();
    expect(desk.answer('/save/id')?.status).toBe(404);
    offerTo(desk, 'id');
    expect(desk.answer('/save/id')?.status).toBe(200);
    expect(desk.answer('/save/id')?.status).toBe(404);
  });

  test('knows what is offered and what is running', () => {
    const desk = new DownloadDesk();
    expect(desk.knows('id')).toBe(false);
    offerTo(desk, 'id');
    expect(desk.knows('id')).toBe(true);
    desk.answer('/save/id');
    expect(desk.knows('id')).toBe(true);
  });

  test('gives no length where it is not known', () => {
    const desk = new DownloadDesk();
    offerTo(desk, 'id');
    expect(desk.answer('/save/id')?.headers.has('Content-Length')).toBe(false);
  });
});
