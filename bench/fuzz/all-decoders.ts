import type { Decoder } from './decoder.ts';
import { readVectorShare } from '../../shared/share/vector-share.test-helper.ts';
import { ADDRESS_DECODER } from './decoders/addresses.ts';
import { createEndDecoder } from './decoders/ends.ts';
import { createConversationDecoder } from './decoders/conversation.ts';
import { createBitfieldDecoder, createFrameDecoder } from './decoders/frames.ts';
import { createHeaderDecoders } from './decoders/header.ts';
import { createContentDecoders } from './decoders/index-and-summary.ts';
import { createLinkDecoders } from './decoders/link.ts';
import { NAME_DECODERS } from './decoders/names.ts';
import { createPieceDecoder } from './decoders/pieces.ts';
import { createProofDecoder } from './decoders/proofs.ts';
import { createSignalDecoders } from './decoders/signals.ts';
import { createStoredDecoders } from './decoders/stored.ts';
import { createTrackerDecoders } from './decoders/tracker-messages.ts';

/** Everything that reads what somebody else may have written. The corpus is the same in every run. */
export async function createDecoders(): Promise<readonly Decoder[]> {
  const share = await readVectorShare();
  return [
    ...createLinkDecoders(share),
    ...(await createHeaderDecoders(share)),
    ...(await createContentDecoders(share)),
    createPieceDecoder(share),
    createEndDecoder(share),
    await createProofDecoder(share),
    createFrameDecoder(),
    createBitfieldDecoder(),
    createConversationDecoder(),
    ...createSignalDecoders(share),
    ...NAME_DECODERS,
    ...createTrackerDecoders(share),
    ADDRESS_DECODER,
    ...createStoredDecoders(share),
  ];
}
