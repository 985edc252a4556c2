// Serves WebTorrent's peers alone, by websockets on the host it is given. Prints its address, and ends with its input.
import Server from 'bittorrent-tracker/server';

const host = process.argv[2];
const server = new Server({ udp: false, http: false, ws: true, stats: false });
server.listen(0, host, () => {
  process.stdout.write(`ws://${host}:${server.http.address().port}\n`);
});
process.stdin.resume();
process.stdin.once('end', () => process.exit());
