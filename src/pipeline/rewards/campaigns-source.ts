import { isAscii } from 'node:buffer';
import { wholeFile } from '../../sources/whole-file.ts';
import type { ReadLimit, Source, SourceRead } from '../../streams/source.ts';
import type { CampaignTexts } from './campaign-texts.ts';

/**
 * Read a file of campaigns, again when it changes. A new version is given when its campaigns are ready to be put into force: until then
 * the former one decides, and no bet waits. The first one is made ready at once.
 */
export function campaignsSource(path: string, texts: CampaignTexts, wake: () => void): Source {
  const file = wholeFile({ path, name: 'campaigns' });
  let first = true;
  let coming: SourceRead | null = null;
  let ready = false;
  const whole: ReadLimit = { frames: 1, bytes: Number.POSITIVE_INFINITY };
  return {
    name: file.name,
    get status() {
      return file.status;
    },
    open: (position) => file.open(position),
    read(): SourceRead | null {
      if (coming === null) {
        const read = file.read(whole);
        const now = first;
        first = false;
        const [frame] = read?.frames ?? [];
        if (read === null || frame === undefined || now) return read;
        coming = read;
        ready = false;
        void texts.prepare(textOf(frame.bytes)).then(() => {
          ready = true;
          wake();
        });
      }
      if (!ready) return null;
      const given = coming;
      coming = null;
      return given;
    },
    close: () => file.close(),
  };
}

/** The text of a file, which may have many megabytes: most have no character beyond ASCII, which makes it ten times as quick. */
function textOf({ buffer, byteOffset, length }: Uint8Array): string {
  const bytes = Buffer.from(buffer, byteOffset, length);
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}
