import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Coturn } from './stage/coturn.ts';
import { test } from './stage/test.ts';
import type { TurnUser } from './stage/turn-client.ts';
import { RELAYED, TurnClient } from './stage/turn-client.ts';

const SECRET = 'the secret that coturn and its tracker share';
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const UNSUPPORTED_TRANSPORT = 442;
const QUOTA_REACHED = 486;
const USER_QUOTA = 120;

/** What docs/turn.md tells people to write into coturn's file. */
const SETTINGS = readSettings();

test('case T28; T24: with the settings of docs/turn.md nothing is relayed to networks of one’s own', async ({
  stage,
  onTestFinished,
}) => {
  const coturn = await Coturn.startWith(SETTINGS, SECRET, stage.folder);
  onTestFinished(() => coturn.stop());
  const client = await TurnClient.open(coturn.port, makeUser(60));
  onTestFinished(() => client.close());
  expect(await client.allocate()).toBe('ok');
  const denied = SETTINGS.flatMap(
    (line) => /^denied-peer-ip=([\d.]+)-([\d.]+)$/.exec(line)?.slice(1) ?? [],
  );
  expect(denied.length).toBeGreaterThanOrEqual(20);
  for (const address of [...denied, '127.0.0.1', '169.254.169.254', '192.168.1.1']) {
    expect([address, await client.permit(address)]).toEqual([address, FORBIDDEN]);
  }
  for (const address of ['8.8.8.8', '172.32.0.1', '192.169.0.0', '223.255.255.255']) {
    expect([address, await client.permit(address)]).toEqual([address, 'ok']);
  }
});

test('case T28; T24: with the settings of docs/turn.md one page has 120 allocations, none by TCP, and none once its hour is over', async ({
  stage,
  onTestFinished,
}) => {
  const coturn = await Coturn.startWith(SETTINGS, SECRET, stage.folder);
  onTestFinished(() => coturn.stop());
  const clients: TurnClient[] = [];
  onTestFinished(() => clients.forEach((client) => client.close()));
  const open = async (user: TurnUser, by?: 'tcp'): Promise<TurnClient> => {
    const client = await TurnClient.open(coturn.port, user, by);
    clients.push(client);
    return client;
  };
  const user = makeUser(60);
  for (let count = 0; count < USER_QUOTA; count += 1) {
    expect(await (await open(user)).allocate()).toBe('ok');
  }
  expect(await (await open(user)).allocate()).toBe(QUOTA_REACHED);
  expect(await (await open(makeUser(60))).allocate()).toBe('ok');
  expect(await (await open(makeUser(-60))).allocate()).toBe(UNAUTHORIZED);
  expect(await (await open(makeUser(60), 'tcp')).allocate()).toBe('ok');
  expect(await (await open(makeUser(60), 'tcp')).allocate(RELAYED.tcp)).toBe(UNSUPPORTED_TRANSPORT);
});

let userCount = 0;

/** As the tracker makes them. */
function makeUser(seconds: number): TurnUser {
  userCount += 1;
  const username = `${Math.floor(Date.now() / 1000) + seconds}:user${userCount}`;
  return { username, credential: createHmac('sha1', SECRET).update(username).digest('base64') };
}

function readSettings(): string[] {
  const text = readFileSync(join(import.meta.dirname, '../docs/turn.md'), 'utf8');
  const block = /\n```\n(listening-port=[^`]*)```/.exec(text)?.[1];
  if (block === undefined) throw new Error('docs/turn.md has no settings');
  return block.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
