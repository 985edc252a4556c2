// Serves WebTorrent's peers alone: websockets on loopback. Prints its address, and ends with its input.
import Server from 'bittorrent-tracker/server';

const server = new Server({ udp: false, http: false, ws: true, stats: false });
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ws://127.0.0.1:${server.http.address().port}\n`);
});
process.stdin.resume();
process.stdin.once('end', () => process.exit());
