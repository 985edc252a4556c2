import { join } from 'node:path';
import type { Plugin } from 'vite';

const SIMPLE_PEER_PARTS = join(import.meta.dirname, 'web/transport/simple-peer-parts.ts');
/** What it asks Node's modules for, one after the other at its top. */
const SIMPLE_PEER_REQUIRES = /(?:^const .* = require\(.*$\n)+/m;
const SIMPLE_PEER_EXPORT = 'module.exports = Peer';
/** What it would tell a log that nobody reads. */
const SIMPLE_PEER_LOG_CALL = /^\s*this\._debug\(.*\)$/gm;

/** simple-peer as a module, on parts of our own in place of Node's: see web/transport/simple-peer-parts.ts. */
export const simplePeerAsModule: Plugin = {
  name: 'simple-peer-as-module',
  transform: {
    filter: { id: /simple-peer[\\/]index\.js$/ },
    handler: (code) => {
      if (!SIMPLE_PEER_REQUIRES.test(code) || !code.includes(SIMPLE_PEER_EXPORT))
        throw new Error('simple-peer has another shape');
      const parts = `import { Buffer, debug, errCode, randombytes, stream } from ${JSON.stringify(SIMPLE_PEER_PARTS)};\n`;
      return code
        .replace(SIMPLE_PEER_REQUIRES, `${parts}const getBrowserRTC = () => null;\n`)
        .replaceAll(SIMPLE_PEER_LOG_CALL, '')
        .replace(SIMPLE_PEER_EXPORT, 'export default Peer');
    },
  },
};
