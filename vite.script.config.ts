import { defineConfig } from 'vite';
import { simplePeerAsModule } from './vite.simple-peer.ts';

/** For scripts that tests and races run in a page, on the page's own parts. */
export default defineConfig({ plugins: [simplePeerAsModule] });
