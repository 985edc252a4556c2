/** How much this tab may send and receive a second, all shares together; undefined: as much as possible. */
export interface RateSettings {
  readonly sendBytesPerSecond: number | undefined;
  readonly receiveBytesPerSecond: number | undefined;
}

/** Where they outlive a reload. Rejects with StoreError alone. */
export interface RateMemory {
  /** Undefined where nobody has set any. */
  read: () => Promise<RateSettings | undefined>;
  write: (settings: RateSettings) => Promise<void>;
}
