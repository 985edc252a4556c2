import type { FileId } from '../../shared/share/file-id.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { CardStatus } from './app-state.ts';
import type { ShareAccess } from './open-share.ts';
import { deriveKeySecret } from './derive-key-secret.ts';

type LockedStatus = Extract<CardStatus, { kind: 'locked' }>;

/** What stands between a link and its share: nothing, or a password that has to be given first. */
export class PasswordGate {
  readonly #fileId: FileId;
  readonly #onChange: () => void;
  #isEnded = false;
  #keySecret: Bytes | undefined;
  #answer: LockedStatus['answer'] = 'none';

  constructor(fileId: FileId, keySecret: Bytes | undefined, onChange: () => void) {
    this.#fileId = fileId;
    this.#keySecret = keySecret;
    this.#onChange = onChange;
  }

  /** Undefined while a password is missing. */
  get access(): ShareAccess | undefined {
    if (this.#fileId.hasPassword && this.#keySecret === undefined) return undefined;
    return { ...this.#fileId, keySecret: this.#keySecret };
  }

  get status(): LockedStatus | undefined {
    const isOpen = this.access !== undefined && this.#answer !== 'checking';
    return isOpen || this.#isEnded ? undefined : { kind: 'locked', answer: this.#answer };
  }

  /** Whether it is the right one only a header can tell: then it is accepted or refused. */
  async take(password: string): Promise<void> {
    if (password === '' || this.access !== undefined || this.#answer === 'checking') return;
    this.#answer = 'checking';
    this.#onChange();
    this.#keySecret = await deriveKeySecret(password, this.#fileId);
    if (this.#keySecret === undefined) this.#answer = 'unavailable';
  }

  accept(): void {
    if (this.#answer === 'checking') this.#answer = 'none';
  }

  /** There is nothing behind it that a password could open. */
  end(): void {
    this.#isEnded = true;
  }

  /** The header is of other keys. False where there is no password to blame. */
  refuse(): boolean {
    if (!this.#fileId.hasPassword) return false;
    this.#keySecret = undefined;
    this.#answer = 'wrong';
    return true;
  }
}
