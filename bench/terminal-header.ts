import { fileURLToPath } from 'node:url';
import { type HeaderSource, loadCatalog } from 'overpunch/frames';

/** Names of the frame types: 75 questions and their answers. */
export const typeNames: readonly string[] = Array.from({ length: 75 }, (_, index) =>
  String(index).padStart(3, '0'),
).flatMap((number) => [`T${number}`, `R${number}`]);

/** Make the header of the sample protocol, 32 bytes in front of every frame, and types for it. */
export function terminalHeader(): HeaderSource {
  const { header } = loadCatalog(fileURLToPath(new URL('../copybooks/itc/catalog.yaml', import.meta.url)));
  return {
    header,
    types: typeNames.map((name) => ({ when: [[name]], role: name.startsWith('T') ? 'request' : 'response' })),
  };
}
