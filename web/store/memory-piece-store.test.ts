import { MemoryPieceStore } from './memory-piece-store.ts';
import { describePieceStore } from './piece-store.acceptance.ts';

describePieceStore('MemoryPieceStore', () => () => new MemoryPieceStore());
