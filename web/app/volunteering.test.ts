import { expect, test } from 'vitest';
import type { VolunteerSettings } from './app-state.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { ShareRates } from './share-rates.ts';
import type { Keeper } from './volunteering.ts';
import { FIRST_SETTINGS, Volunteering } from './volunteering.ts';

const ONE = formatShareId(new Uint8Array(16).fill(1));
const TWO = formatShareId(new Uint8Array(16).fill(2));
const ON: VolunteerSettings = { ...FIRST_SETTINGS, isOn: true };

class FakeKeeper implements Keeper {
  readonly rates = new ShareRates(() => undefined);
  applied: VolunteerSettings[] = [];
  heldBytes = 5;
  apply = (settings: VolunteerSettings): void => void this.applied.push(settings);
  state = () => ({
    heldBytes: this.heldBytes,
    pieceCount: 1,
    shareCount: 1,
    upBytesPerSecond: 0,
    problem: undefined,
  });
  refresh = (): void => {};
  wake = (): void => {};
  letGo = (): void => {};
  yieldCount = 0;
  yieldRoom = async (): Promise<void> => void (this.yieldCount += 1);
  forget = async (): Promise<void> => void (this.heldBytes = 0);
}

/** One browser, as far as volunteering goes: what is stored, and a keeper for each tab that ever needed one. */
class VolunteerProfile {
  readonly profile = new FakeProfile();
  readonly keepers: FakeKeeper[] = [];
  stored: VolunteerSettings | undefined;
  persistenceCount = 0;

  async openTab() {
    const tab = this.profile.openTab();
    const volunteering = new Volunteering(
      {
        records: {
          readSettings: async () => this.stored,
          writeSettings: async (settings) => void (this.stored = settings),
          read: async () => new Uint8Array(32).fill(7),
        },
        openKeeper: async () => {
          const keeper = new FakeKeeper();
          this.keepers.push(keeper);
          return keeper;
        },
      },
      {
        ...tab.locks,
        openChannel: (name, hear) => this.profile.openChannel(name, hear),
        requestPersistence: () => void (this.persistenceCount += 1),
      },
      {
        listOwn: async () => [],
        isShown: () => false,
        takeOver: async () => {},
        onChange: () => {},
      },
    );
    void volunteering.start();
    await this.pass();
    return { volunteering, close: tab.close };
  }

  pass(): Promise<void> {
    return this.profile.pass(1_000);
  }
}

test('it is off until turned on, with room for 512 MB, and nothing of it runs', async () => {
  const browser = new VolunteerProfile();
  const { volunteering } = await browser.openTab();
  expect(volunteering.state()).toEqual({
    settings: { isOn: false, budgetBytes: 512_000_000, uploadBytesPerSecond: undefined },
    heldBytes: 0,
    pieceCount: 0,
    shareCount: 0,
    upBytesPerSecond: 0,
    problem: undefined,
  });
  expect(browser.keepers).toHaveLength(0);
});

test('turned on, it works and is remembered, and the browser is asked not to clear it', async () => {
  const browser = new VolunteerProfile();
  const { volunteering } = await browser.openTab();
  volunteering.change(ON);
  await browser.pass();
  expect(browser.keepers[0]?.applied).toEqual([ON]);
  expect(browser.stored).toEqual(ON);
  expect(browser.persistenceCount).toBe(1);
  volunteering.change({ ...ON, budgetBytes: 128_000_000 });
  await browser.pass();
  expect(browser.keepers[0]?.applied.at(-1)?.budgetBytes).toBe(128_000_000);
  expect(browser.persistenceCount).toBe(1);
});

test('a reload goes on as it was left', async () => {
  const browser = new VolunteerProfile();
  browser.stored = { ...ON, uploadBytesPerSecond: 1_000 };
  const { volunteering } = await browser.openTab();
  expect(browser.keepers[0]?.applied).toEqual([browser.stored]);
  expect(volunteering.state()?.settings).toEqual(browser.stored);
});

test('two tabs: one keeps the pieces, the other shows the same and passes on what is wanted', async () => {
  const browser = new VolunteerProfile();
  const first = await browser.openTab();
  const second = await browser.openTab();
  expect(second.volunteering.state()).toEqual(first.volunteering.state());
  second.volunteering.change(ON);
  await browser.pass();
  expect(browser.keepers).toHaveLength(1);
  expect(first.volunteering.state()).toMatchObject({ settings: ON, heldBytes: 5 });
  expect(second.volunteering.state()).toEqual(first.volunteering.state());
  second.volunteering.forget();
  await browser.pass();
  expect(first.volunteering.state()).toMatchObject({ settings: FIRST_SETTINGS, heldBytes: 0 });
  expect(second.volunteering.state()).toEqual(first.volunteering.state());
});

test('what changes later reaches the other tab when it looks again', async () => {
  const browser = new VolunteerProfile();
  const first = await browser.openTab();
  const second = await browser.openTab();
  first.volunteering.change(ON);
  await browser.pass();
  const [keeper] = browser.keepers;
  if (keeper !== undefined) keeper.heldBytes = 99;
  second.volunteering.refresh();
  await browser.pass();
  expect(second.volunteering.state()?.heldBytes).toBe(99);
});

test('when the tab that keeps the pieces is closed, another goes on', async () => {
  const browser = new VolunteerProfile();
  const first = await browser.openTab();
  const second = await browser.openTab();
  first.volunteering.change(ON);
  await browser.pass();
  first.close();
  await browser.pass();
  expect(browser.keepers).toHaveLength(2);
  expect(browser.keepers[1]?.applied).toEqual([ON]);
  expect(second.volunteering.state()?.settings).toEqual(ON);
});

test('forgetting empties the store and turns it off', async () => {
  const browser = new VolunteerProfile();
  browser.stored = ON;
  const { volunteering } = await browser.openTab();
  volunteering.forget();
  await browser.pass();
  expect(browser.keepers[0]?.applied.at(-1)?.isOn).toBe(false);
  expect(volunteering.state()).toMatchObject({ settings: FIRST_SETTINGS, heldBytes: 0 });
  expect(browser.stored.isOn).toBe(false);
});

test('this browser has one name in a share, and another in the next', async () => {
  const { volunteering } = await new VolunteerProfile().openTab();
  const one = await volunteering.nameHolder(ONE);
  expect(one).toMatch(/^[\w-]{22}$/);
  expect(await volunteering.nameHolder(ONE)).toBe(one);
  expect(await volunteering.nameHolder(TWO)).not.toBe(one);
});

test('D10: a share without room in any tab has the tab that keeps pieces for others make some', async () => {
  const browser = new VolunteerProfile();
  const first = await browser.openTab();
  const second = await browser.openTab();
  first.volunteering.change(ON);
  await browser.pass();
  await first.volunteering.yieldRoom();
  await second.volunteering.yieldRoom();
  await browser.pass();
  expect(browser.keepers.map(({ yieldCount }) => yieldCount)).toEqual([2]);
  expect(second.volunteering.state()?.settings).toEqual(ON);
});
