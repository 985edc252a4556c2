import type { BenchOptions } from './options.ts';
import { OptionError, readOptions } from './options.ts';

interface Bench {
  readonly summary: string;
  readonly defaults: Partial<BenchOptions>;
  /** Whether some of its arms can be chosen. */
  readonly hasArms?: boolean;
  readonly run: (options: BenchOptions) => Promise<void>;
}

/** By name; each loads its own tools only when it is asked for. */
const BENCHES: ReadonlyMap<string, Bench> = new Map<string, Bench>([
  [
    'pair',
    {
      summary: 'one sharer, one receiver, raced against a raw data channel and WebTorrent',
      defaults: { megabytes: 96 },
      run: async (options) => (await import('./races/pair.ts')).racePair(options),
    },
  ],
  [
    'fan-in',
    {
      summary: 'four seeders, one receiver, raced against as many raw data channels',
      defaults: { megabytes: 96 },
      run: async (options) => (await import('./races/fan-in.ts')).raceFanIn(options),
    },
  ],
  [
    'swarm',
    {
      summary:
        'one sharer and four leechers on shaped hosts, raced against WebTorrent (needs root)',
      hasArms: true,
      defaults: { megabytes: 24 },
      run: async (options) => (await import('./races/swarm/swarm.ts')).raceSwarm(options),
    },
  ],
  [
    'lines',
    {
      summary:
        'a pair over near, far and lossy lines, raced against one, two and four raw data channels',
      hasArms: true,
      defaults: { repeats: 3 },
      run: async (options) => (await import('./races/lines.ts')).raceLines(options),
    },
  ],
  [
    'link',
    {
      summary: 'from choosing a file to its link, for 10 MB and for 10 GB',
      defaults: {},
      run: async (options) => (await import('./races/link.ts')).raceLink(options),
    },
  ],
  [
    'store',
    {
      summary: 'a download into IndexedDB against one into memory',
      defaults: { megabytes: 96 },
      run: async (options) => (await import('./races/store.ts')).raceStores(options),
    },
  ],
  [
    'save',
    {
      summary: 'from the last piece to the saved file',
      defaults: { megabytes: 200 },
      run: async (options) => (await import('./races/save.ts')).raceSave(options),
    },
  ],
  [
    'connect',
    {
      summary: 'from an opened link to the first verified piece',
      defaults: { megabytes: 10 },
      run: async (options) => (await import('./races/connect.ts')).raceConnect(options),
    },
  ],
  [
    'hidden',
    {
      summary: 'a pair in hidden tabs against one in visible tabs',
      defaults: { megabytes: 96 },
      run: async (options) => (await import('./races/hidden.ts')).raceHidden(options),
    },
  ],
  [
    'memory',
    {
      summary: 'growth of the receiver’s memory while it downloads',
      defaults: { megabytes: 1000 },
      run: async (options) => (await import('./races/memory.ts')).measureMemory(options),
    },
  ],
  [
    'page',
    {
      summary: 'first paint, tasks and answers under load, and a folder against one file',
      hasArms: true,
      defaults: {},
      run: async (options) => (await import('./races/page/page.ts')).measurePage(options),
    },
  ],
  [
    'copies',
    {
      summary: 'a sharer leaves when told it may, and a volunteer is killed, in six browsers',
      hasArms: true,
      defaults: { megabytes: 12 },
      run: async (options) => (await import('./races/copies/copies.ts')).raceCopies(options),
    },
  ],
  [
    'tracker',
    {
      summary: 'the tracker with thousands of peers that come and go, beside a bare Socket.IO',
      hasArms: true,
      defaults: { repeats: 3 },
      run: async (options) => (await import('./tracker/load-tracker.ts')).loadTracker(options),
    },
  ],
  [
    'flood',
    {
      summary: 'how soon the tracker answers others while one, and fifty of one address, flood it',
      defaults: { repeats: 3 },
      run: async (options) => (await import('./tracker/flood-tracker.ts')).floodTracker(options),
    },
  ],
  [
    'planner',
    {
      summary: 'planning of copies among 10,000 volunteers who come and go, on a virtual clock',
      defaults: { repeats: 1 },
      run: async (options) => (await import('./copies/planner.ts')).loadPlanner(options),
    },
  ],
  [
    'plot',
    {
      summary: 'draws what swarm or pair printed as a picture (SVG)',
      defaults: {},
      run: async (options) => (await import('./plots/plot.ts')).plot(options),
    },
  ],
  [
    'sim',
    {
      summary: 'crowds of up to 10,000 peers in the simulator, against the fluid bound',
      defaults: { repeats: 1, megabytes: 33 },
      run: async (options) => (await import('./simulator/sim.ts')).runSim(options),
    },
  ],
  [
    'seeds',
    {
      summary:
        'many small simulated swarms with random faults: claims, bans and limits checked at every step',
      defaults: {},
      run: async (options) => (await import('./simulator/seeds.ts')).runSeeds(options),
    },
  ],
  [
    'repair',
    {
      summary: 'how soon a killed volunteer’s copies are made again, simulated',
      defaults: { repeats: 20 },
      run: async (options) => (await import('./simulator/repair.ts')).runRepairs(options),
    },
  ],
  [
    'copies-seeds',
    {
      summary: 'many small shares that ask for copies, with volunteers who lie, leave or discard',
      defaults: {},
      run: async (options) => (await import('./simulator/copies-seeds.ts')).runCopiesSeeds(options),
    },
  ],
  [
    'icons',
    {
      summary: 'draws the icons of the installed page from web/public/favicon.svg',
      defaults: {},
      run: async () => (await import('./pictures/icons.ts')).makeIcons(),
    },
  ],
  [
    'screenshots',
    {
      summary: 'takes the README’s pictures, of the built page and a real transfer',
      defaults: {},
      run: async () => (await import('./pictures/screenshots.ts')).takeScreenshots(),
    },
  ],
]);

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES.get(name);
const options = bench === undefined ? undefined : readOptions(args, bench.defaults);
if (bench === undefined || options === undefined) {
  const names = [...BENCHES].map(([key, { summary }]) => `  ${key.padEnd(12)} ${summary}`);
  process.stderr.write(
    [
      'Usage: npm run bench -- NAME [--repeats N] [--megabytes N]',
      '       npm run bench -- swarm|lines|page|copies|tracker [--only ARM,…]',
      '       npm run bench -- tracker|flood [--peers N] [--seconds N] [--seed N]',
      '       npm run bench -- planner [--peers N] [--seconds N] [--seed N]',
      '       npm run bench -- plot --from LINES --to FILE.svg',
      '       npm run bench -- sim [--scenario NAME] [--peers N] [--megabytes N] [--seed N]',
      '       npm run bench -- repair [--repeats N] [--seed N]',
      '       npm run bench -- seeds|copies-seeds [--count N] [--first SEED]',
      '       npm run bench -- seeds [--scenario mild]',
      ...names,
      '',
    ].join('\n'),
  );
  process.exitCode = 1;
} else {
  // Leaving this way, and not by the signal itself, closes browsers and removes what lies on the disk.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  try {
    if (options.only !== undefined && bench.hasArms !== true) {
      throw new OptionError(`${name} has no arms to choose from`);
    }
    await bench.run(options);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
