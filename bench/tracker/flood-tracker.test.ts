import { expect, test } from 'vitest';

import { withBuiltServers } from './built-servers.ts';
import { measureFloods } from './flood-tracker.ts';

test('case T10; T11, T27: floods from another process are put off and thrown out, and honest peers notice nothing', async () => {
  const row = await withBuiltServers((servers) =>
    measureFloods({ servers, peers: 40, seconds: 3, seed: 1 }),
  );
  expect(row).toMatchObject({ oneHonestRefused: 0, oneHonestLost: 0 });
  expect(row).toMatchObject({ fiftyHonestRefused: 0, fiftyHonestLost: 0 });
  for (const flood of ['one', 'fifty']) {
    expect(row[`${flood}Refused`]).toBeGreaterThan(0);
    expect(row[`${flood}ThrownOut`]).toBeGreaterThan(0);
    expect(row[`${flood}Done`]).toBeGreaterThan(0);
    expect(row[`${flood}P99ToQuiet`]).toBeGreaterThan(0);
  }
}, 60_000);
