import { CopybookError } from './copybook-error.ts';
import { nextIs, readReplacements, type StatementWords } from './read-replacements.ts';
import type { Replacement } from './replacement.ts';
import { Replacer } from './replacer.ts';
import { sourceMistake } from './source-mistake.ts';
import { columnsOn, type SourcePosition } from './source-position.ts';
import { openSource, type SourceSession } from './source-session.ts';
import type { TextWord, WordSource } from './text-word.ts';

/** COPY members may nest this deep; compilers allow fewer. */
const maximumDepth = 32;

/** Languages of EXEC blocks: `EXEC` before any other word is a block only at the start of an entry. */
const execLanguages = new Set(['SQL', 'SQLIMS', 'CICS', 'DLI', 'ADO', 'ORACLE', 'DB2', 'IDMS', 'HTML', 'JAVA', 'XML']);

/** What a COPY, ++INCLUDE, -INC or EXEC SQL INCLUDE asks for. */
interface CopyRequest {
  readonly member: string;
  readonly library: string | null;
  readonly replacements: readonly Replacement[];
  readonly position: SourcePosition;
}

/**
 * The words of a file with its COPY members in place of the statements that name them, and without EXEC blocks.
 *
 * Members may copy others; the replacements of a COPY apply to all the text it brings in. Throws COPY_NOT_FOUND, COPY_SYNTAX,
 * COPY_DEPTH, COPYBOOK_TOO_LARGE, UNTERMINATED_EXEC and what the library throws.
 */
export class CopyExpander implements WordSource {
  readonly #session: SourceSession;
  readonly #words: FileWords;
  /** The files that led here, this one last. */
  readonly #chain: readonly string[];
  #member: WordSource | null = null;
  #memberStarts = false;
  #queued: TextWord[] = [];
  #inPseudoText = false;
  /** Words since the last period, at most three. */
  #entry: TextWord[] = [];

  constructor(session: SourceSession, file: string, text: string, chain: readonly string[] = []) {
    this.#session = session;
    this.#words = new FileWords(openSource(session, file, text), { file, line: 1, column: 1, lineText: '' });
    this.#chain = [...chain, file];
  }

  /** Just behind the word of this file that was read last. */
  get behind(): SourcePosition {
    return this.#words.behind;
  }

  next(): TextWord | null {
    for (;;) {
      const word = this.#queued.shift() ?? this.#fromMember() ?? this.#words.take();
      if (word === null) return null;
      if (this.#queued.length === 0 && this.#member === null && this.#isStatement(word)) continue;
      if (word.kind === 'period') this.#entry = [];
      else if (this.#entry.length < 3) this.#entry.push(word);
      return word;
    }
  }

  #fromMember(): TextWord | null {
    if (this.#member === null) return null;
    const word = this.#member.next();
    if (word === null) {
      this.#member = null;
      return null;
    }
    if (!this.#memberStarts) return word;
    this.#memberStarts = false;
    return word.spaced ? word : { ...word, spaced: true };
  }

  /** Carry out the statement that the word begins, if it begins one. */
  #isStatement(word: TextWord): boolean {
    if (word.kind === 'include') {
      this.#open({ member: word.text, library: null, replacements: [], position: word.position });
      return true;
    }
    if (word.kind === 'delimiter') this.#inPseudoText = !this.#inPseudoText;
    if (word.kind !== 'word' || this.#inPseudoText || this.#session.copyPolicy === 'ignored') return false;
    const text = word.text.length <= 7 ? word.text.toUpperCase() : '';
    if (text === 'COPY') {
      this.#open(this.#readCopy(word));
      return true;
    }
    if (text !== 'EXEC' && text !== 'EXECUTE') return false;
    const language = this.#words.peek();
    if (language?.kind !== 'word') return false;
    if (this.#entry.length > 0 && !execLanguages.has(language.text.toUpperCase())) return false;
    this.#exec(word);
    return true;
  }

  #readCopy(copy: TextWord): CopyRequest {
    const words = this.#words;
    const member = this.#readName('the name of a member behind COPY');
    let library: string | null = null;
    if (nextIs(words, 'OF') || nextIs(words, 'IN')) {
      words.take();
      library = this.#readName('the name of a library');
    }
    if (nextIs(words, 'SUPPRESS')) words.take();
    if (nextIs(words, 'PRINTING')) words.take();
    const request = { member, library, position: copy.position };
    if (nextIs(words, 'REPLACING')) {
      words.take();
      return { ...request, replacements: readReplacements(words, 'COPY … REPLACING') };
    }
    if (words.peek()?.kind !== 'period') {
      throw sourceMistake('COPY_SYNTAX', words.behind, `COPY ${member} does not end with a period`, {
        expected: 'a period, or REPLACING',
      });
    }
    words.take();
    return { ...request, replacements: [] };
  }

  /** A member or library name: a literal, or everything up to the next blank. */
  #readName(expected: string): string {
    const first = this.#words.peek();
    if (first?.kind === 'literal') {
      this.#words.take();
      return first.text.slice(1, -1).trim();
    }
    let name = '';
    for (let word = first; word?.kind === 'word' || word?.kind === 'symbol'; word = this.#words.peek()) {
      if (name !== '' && word.spaced) break;
      name += word.text;
      this.#words.take();
    }
    if (name === '') {
      throw sourceMistake('COPY_SYNTAX', this.#words.behind, 'COPY names no member', { expected });
    }
    return name;
  }

  #exec(exec: TextWord): void {
    const words = this.#words;
    const sql = words.take()?.text.toUpperCase() === 'SQL';
    const include = sql && nextIs(words, 'INCLUDE') ? words.take() : null;
    const member = include === null ? '' : this.#readName('the name of a member behind INCLUDE');
    for (let word = words.take(); ; word = words.take()) {
      if (word === null) {
        throw sourceMistake('UNTERMINATED_EXEC', exec.position, 'EXEC has no END-EXEC', { expected: 'END-EXEC' });
      }
      if (word.kind === 'word' && /^END-EXEC$/i.test(word.text)) break;
    }
    const request = { member, library: null, replacements: [], position: include?.position ?? exec.position };
    if (this.#entry.length === 0 && words.peek()?.kind === 'period') words.take();
    if (include !== null) this.#open(request);
  }

  #open(request: CopyRequest): void {
    const { member, library, position } = request;
    if (this.#session.copyPolicy === 'ignored') return;
    const found = this.#session.library?.find(member, library, position) ?? null;
    if (found === null) {
      if (this.#session.copyPolicy === 'required') this.#missing(request);
      return;
    }
    if (this.#chain.includes(found.file)) {
      const cycle = [...this.#chain.slice(this.#chain.indexOf(found.file)), found.file].join(' -> ');
      throw sourceMistake('COPY_DEPTH', position, `COPY ${member} never ends: ${cycle}`);
    }
    if (this.#chain.length > maximumDepth) {
      throw sourceMistake('COPY_DEPTH', position, `COPY members nest deeper than ${maximumDepth}`);
    }
    this.#session.budget.open(found.text.length, position);
    const expander = new CopyExpander(this.#session, found.file, found.text, this.#chain);
    const replaced = request.replacements.length > 0;
    this.#member = replaced ? new Replacer(expander, request.replacements, this.#session.budget) : expander;
    this.#memberStarts = true;
    this.#join(position);
  }

  /** The communication areas of DB2 come with its precompiler and describe no record: they may be missing. */
  #missing(request: CopyRequest): void {
    const { member, library, position } = request;
    const name = library === null ? member : `${member} OF ${library}`;
    const message = `the COPY member ${name} is not found`;
    if (/^SQL[CD]A$/i.test(member)) {
      this.#session.warnings.push({
        code: 'COPY_NOT_FOUND',
        severity: 'warning',
        position,
        message: `${message}; it is passed over`,
      });
      return;
    }
    const advice = this.#session.library?.advice?.(member, library);
    throw sourceMistake('COPY_NOT_FOUND', position, message, advice === undefined ? {} : { hint: advice });
  }

  /**
   * `01 NAME COPY MEMBER.` within an entry: as in COBOL-68, a member that starts at the same level gives the entry its clauses, not
   * its name; one that starts at another level stands behind the entry.
   */
  #join(position: SourcePosition): void {
    const level = this.#entry[0];
    if (this.#entry.length < 2 || level === undefined || !/^\d{1,2}$/.test(level.text)) return;
    const first = this.#fromMember();
    if (first === null) return;
    if (!/^\d{1,2}$/.test(first.text)) {
      this.#queued = [first];
    } else if (Number(first.text) !== Number(level.text)) {
      this.#queued = [{ kind: 'period', text: '.', spaced: false, position }, first];
    } else {
      const name = this.#fromMember();
      if (name?.kind === 'period') this.#queued = [name];
    }
  }
}

/** The words of one file with the look-ahead that its statements need. */
class FileWords implements StatementWords {
  readonly #source: WordSource;
  #next: TextWord | null = null;
  #last: TextWord | null = null;
  #position: SourcePosition;

  constructor(source: WordSource, start: SourcePosition) {
    this.#source = source;
    this.#position = start;
  }

  get position(): SourcePosition {
    return this.#position;
  }

  /** Just behind the word taken last. */
  get behind(): SourcePosition {
    return columnsOn(this.#position, this.#last?.text.length ?? 0);
  }

  /** The next word of a statement; a problem in its place is an error now. */
  peek(): TextWord | null {
    this.#next ??= this.#source.next();
    if (this.#next?.diagnostic !== undefined) throw new CopybookError(this.#next.diagnostic);
    return this.#next;
  }

  /** Unlike `peek` it lets problems pass: in an EXEC block they do not count, in pseudo-text only once that is put in. */
  take(): TextWord | null {
    const word = this.#next ?? this.#source.next();
    this.#next = null;
    if (word !== null) {
      this.#last = word;
      this.#position = word.position;
    }
    return word;
  }
}
