import type { VolunteerSettings } from '../app/app-state.ts';
import type { VolunteerRecord } from '../app/ports/volunteer-records.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import * as v from 'valibot';
import { isShareId } from '../../shared/share/share-id.ts';
import { isBytes } from './owned-bytes.ts';

const Amount = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const SomeBytes = v.custom<Bytes>(isBytes);

const Settings = v.object({
  isOn: v.boolean(),
  budgetBytes: Amount,
  uploadBytesPerSecond: v.optional(Amount),
});

const Record = v.object({
  shareId: v.custom<ShareId>((value) => typeof value === 'string' && isShareId(value)),
  header: SomeBytes,
  target: SomeBytes,
});

/** Stored settings, or undefined for anything else that lies in their place. */
export function parseVolunteerSettings(stored: unknown): VolunteerSettings | undefined {
  const { success, output } = v.safeParse(Settings, stored);
  if (!success) return undefined;
  const { isOn, budgetBytes, uploadBytesPerSecond } = output;
  return { isOn, budgetBytes, uploadBytesPerSecond };
}

/** A stored record, or undefined for anything else that lies in its place. */
export function parseVolunteerRecord(stored: unknown): VolunteerRecord | undefined {
  const result = v.safeParse(Record, stored);
  return result.success ? result.output : undefined;
}
