import { ProgramText } from './program-text.ts';
import type { ReferenceFormat } from './reference-format.ts';
import { columnOf, firstInk, isBlank, lineAreas, lineEnd } from './source-line.ts';
import { sourceDiagnostic } from './source-mistake.ts';
import type { SourcePosition } from './source-position.ts';
import type { TextWord } from './text-word.ts';

/** A code line: where its text lies in the line, and how the line begins. */
interface CodeLine {
  readonly start: number;
  readonly end: number;
  readonly continuation: boolean;
  /** Blanks that are missing up to the right margin. */
  readonly missing: number;
}

const listingWords = new Set(['EJECT', 'SKIP1', 'SKIP2', 'SKIP3', 'EJECT.', 'SKIP1.', 'SKIP2.', 'SKIP3.']);
const dollarDirective = /^\$ ?(SET|IF|ELIF|ELSE|END|DISPLAY|REGION|END-REGION)\b/i;
const conditionalDirective = /^(>>|\$) ?(IF|ELIF|ELSE-?IF|ELSE|END-?IF|EVALUATE|WHEN|END-EVALUATE|END)\b/i;

/**
 * Take the program text out of a file: the text columns of its code lines, continuation lines joined, comments, listing
 * control and compiler directives left out.
 *
 * `lenient`: the format was guessed, so lines that only make sense in the other one are taken as they are meant.
 */
export function buildProgramText(file: string, raw: string, format: ReferenceFormat, lenient: boolean): ProgramText {
  return new ProgramTextBuilder(file, raw, format, lenient).build();
}

class ProgramTextBuilder {
  readonly #file: string;
  readonly #raw: string;
  readonly #lenient: boolean;
  #format: ReferenceFormat;
  readonly #parts: string[] = [];
  readonly #segments: { offset: number; line: number; lineStart: number; lineEnd: number; index: number }[] = [];
  readonly #marks: { offset: number; word: TextWord }[] = [];
  #length = 0;
  /** Text of the code line read last: a continuation line may still be joined to it. */
  #last: string | null = null;
  /** Quotation mark of the literal that is open at the end of `#last`, else ''. */
  #quote = '';
  #missing = 0;
  #line = 0;
  #lineStart = 0;
  #lineEnd = 0;

  constructor(file: string, raw: string, format: ReferenceFormat, lenient: boolean) {
    this.#file = file;
    this.#raw = raw;
    this.#format = format;
    this.#lenient = lenient;
  }

  build(): ProgramText {
    for (let start = 0; start <= this.#raw.length; ) {
      const { end, next } = lineEnd(this.#raw, start);
      this.#line += 1;
      this.#lineStart = start;
      this.#lineEnd = end;
      this.#read(this.#raw.slice(start, end));
      start = next;
    }
    this.#flush();
    return new ProgramText(this.#file, this.#raw, this.#parts.join(''), this.#segments, this.#marks);
  }

  #read(line: string): void {
    const ink = firstInk(line);
    if (ink === line.length || line.startsWith('*')) return;
    const code = this.#format === 'free' ? this.#freeLine(line, ink) : this.#fixedLine(line, ink);
    if (code === null) return;
    const start = firstInk(line, code.start);
    if (start >= code.end) return;
    if (this.#directive(line, start) || this.#include(line, start, code.end)) return;
    if (code.continuation) this.#continue(line, start, code);
    else if (!this.#listing(line, start, code.end)) this.#add(line, start, code);
  }

  #fixedLine(line: string, ink: number): CodeLine | null {
    if (this.#directive(line, ink) || this.#include(line, ink, line.length)) return null;
    const areas = lineAreas(line);
    const end = this.#format === 'fixed' ? areas.textEnd : line.length;
    const missing = this.#format === 'fixed' ? areas.missing : 0;
    const code = { start: areas.textStart, end, continuation: false, missing };
    switch (areas.indicator) {
      case '*':
      case '/':
        return null;
      case '$':
        return this.#directive(line, areas.indicatorIndex) ? null : { ...code, start: areas.indicatorIndex };
      case '-':
        return { ...code, continuation: true };
      case 'D':
      case 'd':
        // `      DATA DIVISION.` begins in column 7: with a guessed format that is no debugging line.
        if (!this.#lenient || !/[A-Za-z-]/.test(line[areas.textStart] ?? '')) return null;
        return { ...code, start: areas.indicatorIndex };
      case ' ':
      case '\t':
      case '\u00a0':
        return code;
      default:
        return { ...code, start: areas.indicatorIndex };
    }
  }

  #freeLine(line: string, ink: number): CodeLine | null {
    if (line[ink] === '/') return null;
    if (line[ink] === '*' && (columnOf(line, Math.min(ink, 8)) <= 7 || /[*\s>=-]/.test(line[ink + 1] ?? ' ')))
      return null;
    const continuation = this.#lenient && line[ink] === '-' && ink === 6 && isBlank(line.charCodeAt(7));
    return { start: continuation ? ink + 1 : ink, end: line.length, continuation, missing: 0 };
  }

  /** `>>…` and `$SET …`: only SOURCE FORMAT has an effect; lines that would choose between lines are problems. */
  #directive(line: string, ink: number): boolean {
    const text = line.slice(ink, ink + 200);
    if (!text.startsWith('>>') && !dollarDirective.test(text)) return false;
    const format = /SOURCE ?(?:FORMAT)? ?(?:IS)? ?[("'= ]{0,4}(FREE|FIXED|VARIABLE)/i.exec(
      text.replace(/\s+/g, ' '),
    )?.[1];
    if (format !== undefined) this.#format = format.toLowerCase() as ReferenceFormat;
    if (conditionalDirective.test(text)) {
      const position = this.#at(ink);
      this.#problem(
        sourceDiagnostic('UNSUPPORTED_DIRECTIVE', position, 'conditional compilation is not carried out', {
          hint: 'delete the lines that do not apply, and the directives around them',
        }),
      );
    }
    return true;
  }

  /** `++INCLUDE member` (Panvalet) and `-INC member` (Librarian). */
  #include(line: string, ink: number, end: number): boolean {
    const head = line.slice(ink, ink + 10).toUpperCase();
    const length = head.startsWith('++INCLUDE') ? 9 : head.startsWith('-INC') ? 4 : 0;
    if (length === 0 || !isBlank(head.charCodeAt(length) || 0x20)) return false;
    const start = firstInk(line, ink + length);
    let stop = start;
    while (stop < end && !isBlank(line.charCodeAt(stop)) && line[stop] !== ',') stop++;
    const member = line.slice(start, stop).replace(/\.$/, '');
    if (member === '') {
      const position = this.#at(start);
      this.#problem(
        sourceDiagnostic('COPY_SYNTAX', position, `${line.slice(ink, ink + length)} names no member`, {
          expected: 'the name of a member',
        }),
      );
    } else {
      this.#mark({ kind: 'include', text: member, spaced: true, position: this.#at(start) });
    }
    return true;
  }

  /** Listing control and option lines, which no compiler treats as part of the program. */
  #listing(line: string, start: number, end: number): boolean {
    const head = line.slice(start, Math.min(end, start + 12)).toUpperCase();
    const word = head.split(/\s/, 1)[0] ?? '';
    const rest = firstInk(line, start + word.length);
    if (listingWords.has(word)) return rest >= end;
    if (word === 'TITLE') return line[rest] === "'" || line[rest] === '"';
    if (word === 'CBL' || word === 'PROCESS') return this.#length === 0 && this.#last === null;
    return word === '*CBL' || word.startsWith('*CONTROL');
  }

  #add(line: string, start: number, code: CodeLine): void {
    this.#flush();
    this.#append(line, start, code, '');
  }

  #continue(line: string, start: number, code: CodeLine): void {
    if (this.#last === null) {
      const position = this.#at(start);
      this.#problem(
        sourceDiagnostic('BAD_CONTINUATION', position, 'a line with - in column 7 continues nothing', {
          expected: 'a line to continue before it, or a blank in column 7',
        }),
      );
      return;
    }
    if (this.#quote === '') {
      const mark = line[start];
      const quoted = (mark === "'" || mark === '"') && line[start + 1] === mark;
      if (quoted && this.#missing === 0 && this.#last.endsWith(mark)) {
        // A quotation mark at the margin and two on this line are one doubled quotation mark.
        this.#append(line, start + 1, code, '');
        return;
      }
      const kept = this.#last.trimEnd();
      this.#length -= this.#last.length - kept.length;
      this.#last = kept;
      this.#append(line, start, code, '');
      return;
    }
    if (line[start] !== this.#quote) {
      const position = this.#at(start);
      this.#problem(
        sourceDiagnostic('BAD_CONTINUATION', position, 'a continuation line does not resume its literal', {
          expected: `${this.#quote} as the first character behind column 7`,
          hint: 'a literal that is continued runs to column 72 and is reopened on the next line with the same quotation mark',
        }),
      );
      return;
    }
    const padding = ' '.repeat(this.#missing);
    this.#last += padding;
    this.#length += padding.length;
    this.#append(line, start + 1, code, this.#quote);
  }

  #append(line: string, start: number, code: CodeLine, quote: string): void {
    const text = line.slice(start, code.end);
    const scanned = scanQuotes(text, quote);
    const kept = scanned.end < text.length ? text.slice(0, scanned.end) : text;
    this.#segments.push({
      offset: this.#length,
      line: this.#line,
      lineStart: this.#lineStart,
      lineEnd: this.#lineEnd,
      index: start,
    });
    if (this.#last !== null) this.#parts.push(this.#last);
    this.#last = kept;
    this.#length += kept.length;
    this.#quote = scanned.quote;
    this.#missing = scanned.end < text.length ? 0 : code.missing;
  }

  #flush(): void {
    if (this.#last === null) return;
    this.#parts.push(this.#last, '\n');
    this.#length += 1;
    this.#last = null;
    this.#quote = '';
  }

  #mark(word: TextWord): void {
    this.#flush();
    this.#marks.push({ offset: this.#length, word });
  }

  #problem(diagnostic: ReturnType<typeof sourceDiagnostic>): void {
    this.#mark({ kind: 'problem', text: '', spaced: true, position: diagnostic.position, diagnostic });
  }

  #at(index: number): SourcePosition {
    const lineText = this.#raw.slice(this.#lineStart, this.#lineEnd);
    return { file: this.#file, line: this.#line, column: index + 1, lineText };
  }
}

/** Find the literal that is open at the end of a line, and where a `*>` comment starts. */
function scanQuotes(text: string, open: string): { readonly quote: string; readonly end: number } {
  let quote = open;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '*' && text[index + 1] === '>') return { quote: '', end: index };
  }
  return { quote, end: text.length };
}
