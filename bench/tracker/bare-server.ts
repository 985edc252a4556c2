import { createServer } from 'node:http';

import { Server } from 'socket.io';

/** The least that a tracker on Socket.IO could cost: it acknowledges every message and does nothing else. */
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });

io.on('connection', (socket) => {
  socket.onAny((_event: string, ...args: unknown[]) => {
    const acknowledge = args.at(-1);
    if (typeof acknowledge === 'function') acknowledge({ ok: true });
  });
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`bare Socket.IO is ready at http://127.0.0.1:${port}\n`);
});

process.once('SIGTERM', () => void io.close());
