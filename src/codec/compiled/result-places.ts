/**
 * Where a module leaves what a run did, 4 bytes each from `CompiledCode.resultAt` on: the address behind what it wrote, why it stopped,
 * whether shared functions refused a record, and how many bytes of notes there are about the last one (see `noteParts`).
 */
export const resultPlaces = { out: 0, reason: 4, refused: 8, notes: 12, size: 16 } as const;
