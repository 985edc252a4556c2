import type { Locator } from 'playwright-core';
import type { ShareCardOnPage } from './share-card.ts';

interface FirstSound {
  /** Of the share, as the card shows it a moment after playing has begun: at least what was held then. */
  readonly percent: number;
  readonly duration: number;
}

/** What a card's panel shows of one file. */
export class PreviewPanelOnPage {
  readonly #card: ShareCardOnPage;

  constructor(card: ShareCardOnPage) {
    this.#card = card;
  }

  get root(): Locator {
    return this.#card.root.getByRole('region', { name: /^Preview of/ });
  }

  get player(): Locator {
    return this.root.locator('video, audio');
  }

  /** Presses the button and resolves once the element plays. */
  async play(button = 'Play'): Promise<FirstSound> {
    const playing = this.#card.root.evaluate((card) => {
      const readPercent = () =>
        Number(card.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow'));
      return new Promise<FirstSound>((resolve) => {
        const begin = ({ target }: Event): void => {
          if (!(target instanceof HTMLMediaElement)) return;
          const { duration } = target;
          // The card is drawn twice a second.
          setTimeout(() => resolve({ percent: readPercent(), duration }), 600);
        };
        card.addEventListener('playing', begin, { capture: true, once: true });
      });
    });
    await this.#card.button(button).click();
    return playing;
  }

  /** Resolves with the seconds that it took until it plays from there. */
  seek(toSeconds: number): Promise<number> {
    return this.player.evaluate((player, toSeconds) => {
      if (!(player instanceof HTMLMediaElement)) throw new Error('nothing plays');
      const startMs = performance.now();
      player.currentTime = toSeconds;
      return new Promise<number>((resolve) => {
        const look = (): void => {
          if (player.seeking || player.currentTime < toSeconds + 0.1) return;
          player.removeEventListener('timeupdate', look);
          resolve((performance.now() - startMs) / 1000);
        };
        player.addEventListener('timeupdate', look);
      });
    }, toSeconds);
  }
}
