import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type {
  Drop,
  PieceRanges,
  ReplicationOrder,
  VolunteerEvents,
  VolunteerLine,
} from '../../shared/swarm/ports/tracker-client.ts';
import type { SealedShare } from '../../shared/swarm/sealed-share.test-helper.ts';
import type { VolunteerSettings } from './app-state.ts';
import type { VolunteerRecord } from './ports/volunteer-records.ts';
import { signCopyTarget } from '../../shared/share/copy-target.ts';
import { MapPieceStore } from '../../shared/swarm/map-piece-store.test-helper.ts';
import { SwarmScene } from '../../shared/swarm/swarm-scene.test-helper.ts';
import { VerifiedPieceStore } from '../../shared/swarm/verified-piece-store.ts';
import { PieceKeeper } from './piece-keeper.ts';
import { FIRST_SETTINGS } from './volunteering.ts';

export const ON: VolunteerSettings = { ...FIRST_SETTINGS, isOn: true };

/** A browser that keeps pieces of one share, and a tracker that a test speaks for. */
export class KeeperScene {
  readonly swarm: SwarmScene;
  readonly sealed: SealedShare;
  /** What the browser stores. */
  readonly remembered = new Map<ShareId, VolunteerRecord>();
  readonly stores = new Map<ShareId, MapPieceStore>();
  readonly own: ShareId[] = [];
  readonly shown = new Set<ShareId>();
  /** What became this browser's own. */
  readonly takenOver = new Map<number, Bytes>();
  roomBytes: number | undefined;
  /** What the tracker was told, and what it answers. */
  readonly offers: (readonly [freeBytes: number, heldBytes: number])[] = [];
  readonly declined: ShareId[] = [];
  readonly unloads: number[] = [];
  drops: readonly Drop[] | undefined = [];
  withdrawCount = 0;
  events: VolunteerEvents | undefined;

  constructor(sealed: SealedShare) {
    this.sealed = sealed;
    this.swarm = new SwarmScene(sealed);
  }

  get shareId(): ShareId {
    return this.sealed.share.shareId;
  }

  get store(): MapPieceStore {
    return this.#openStore(this.shareId);
  }

  /** As a page does when it is loaded. */
  open(): Promise<PieceKeeper> {
    const { tracker, network, clock } = this.swarm;
    const transport = network.createTransport();
    return PieceKeeper.open(
      {
        tracker: {
          join: (shareId, events) => tracker.join(shareId, events),
          volunteer: (events) => this.#volunteer(events),
          tellEnd: (...told) => tracker.tellEnd(...told),
          forgetEnd: (shareId) => tracker.forgetEnd(shareId),
        },
        findTransport: async () => transport,
        clock,
        seed: () => 5,
        records: {
          list: async () => [...this.remembered.values()],
          put: async (record) => void this.remembered.set(record.shareId, record),
          remove: async (shareId) => void this.remembered.delete(shareId),
        },
        pieces: {
          open: (shareId, verifyPiece) =>
            new VerifiedPieceStore(this.#openStore(shareId), verifyPiece),
          clear: async () => {
            for (const store of this.stores.values()) await store.clear();
          },
        },
        measureRoom: async () => this.roomBytes,
      },
      {
        listOwn: async () => this.own,
        isShown: (shareId) => this.shown.has(shareId),
        takeOver: async (_, pieces) => {
          for await (const [piece, sealed] of pieces) this.takenOver.set(piece, sealed);
        },
        nameHolder: async () => 'AAAAAAAAAAAAAAAAAAAAAA',
        onChange: () => {},
      },
    );
  }

  /** The tracker asks for these pieces. */
  async order(pieces: PieceRanges, change: Partial<ReplicationOrder> = {}): Promise<void> {
    this.events?.onReplicate({
      shareId: this.shareId,
      header: this.sealed.membership.header,
      target: await this.signTarget(2),
      pieces,
      deadlineMs: 30_000,
      ...change,
    });
  }

  signTarget(copies: number, serial = 1): Promise<Bytes> {
    const { privateKey } = this.sealed.share.signingKeys;
    return signCopyTarget(privateKey, this.shareId, { copies, serial });
  }

  #openStore(shareId: ShareId): MapPieceStore {
    const store = this.stores.get(shareId) ?? new MapPieceStore();
    this.stores.set(shareId, store);
    return store;
  }

  #volunteer(events: VolunteerEvents): VolunteerLine {
    this.events = events;
    void Promise.resolve().then(() => events.onWelcome());
    return {
      offer: async (freeBytes, heldBytes) => {
        if (!this.swarm.tracker.isUp) return false;
        this.offers.push([freeBytes, heldBytes]);
        return true;
      },
      unload: async (bytes) => {
        this.unloads.push(bytes);
        return this.drops;
      },
      decline: (shareId) => void this.declined.push(shareId),
      withdraw: () => void (this.withdrawCount += 1),
    };
  }
}
