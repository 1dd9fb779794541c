/**
 * Every stable code this package reports, with the sentence that explains it.
 *
 * Codes are part of the interface: scripts match on them, so one is never renamed or reused. A test locks the table.
 */
export const codes = {
  // Usage and input/output (exit status 2)
  USAGE: 'the command line or the options do not make sense',
  UNKNOWN_NAME: 'an option names a field, record or view that the copybook does not have',
  AMBIGUOUS_NAME: 'an option names a field that exists more than once',
  UNKNOWN_CODE_PAGE: 'no code page has this name',
  IO: 'a file cannot be read or written',

  // Copybooks (exit status 3)
  COPYBOOK_TOO_LARGE: 'the expanded copybook is larger than 16 MiB',
  COPY_NOT_FOUND: 'a COPY member is in none of the include folders',
  COPY_OUTSIDE: 'a COPY member resolves outside the include folders',
  COPY_DEPTH: 'COPY members nest deeper than 32',
  COPY_SYNTAX: 'a COPY, REPLACE, ++INCLUDE, -INC or EXEC SQL INCLUDE statement is malformed',
  BAD_CONTINUATION: 'a continuation line continues nothing, or does not resume its literal',
  UNTERMINATED_LITERAL: 'a literal has no closing quotation mark',
  UNTERMINATED_EXEC: 'an EXEC has no END-EXEC',
  UNTERMINATED_PSEUDO_TEXT: 'pseudo-text has no closing ==',
  BAD_LITERAL: 'a literal is malformed',
  BAD_CHARACTER: 'a character cannot stand in a copybook here',
  UNSUPPORTED_DIRECTIVE: 'a compiler directive that chooses between lines is not carried out',
  NO_DATA_DIVISION: 'a program has no DATA DIVISION',
  NO_ITEMS: 'the copybook describes no data item',
  MISSING_PERIOD: 'a data description entry does not end with a period',
  MISSING_LEVEL: 'an entry does not start with a level number',
  BAD_LEVEL: 'a level number is not 01-49, 66, 77 or 88, or does not fit the entries around it',
  BAD_NAME: 'a data name is malformed',
  MISSING_NAME: 'an entry that needs a name has none',
  UNKNOWN_CLAUSE: 'a word is not a clause of a data description entry',
  DUPLICATE_CLAUSE: 'a clause stands twice in one entry',
  CONFLICTING_CLAUSES: 'two clauses of an entry exclude each other',
  CLAUSE_SYNTAX: 'a clause is malformed',
  MISSING_PICTURE: 'an elementary item needs a PICTURE',
  UNEXPECTED_PICTURE: 'an item that cannot have a PICTURE has one',
  BAD_PICTURE: 'a PICTURE character-string is malformed',
  PICTURE_TOO_LARGE: 'a PICTURE describes more characters than a record may hold',
  USAGE_PICTURE: 'the USAGE does not go with the PICTURE',
  USAGE_CONFLICT: 'the USAGE contradicts that of the group',
  SIGN_UNSUITABLE: 'SIGN is given for an item that carries no zoned sign',
  SYNC_UNSUITABLE: 'SYNCHRONIZED is given for an item that cannot be aligned',
  BAD_VALUE: 'a VALUE does not go with its item',
  BAD_OCCURS: 'an OCCURS clause is malformed or out of range',
  OCCURS_LEVEL: 'OCCURS stands where a table cannot be',
  REDEFINES_UNKNOWN: 'REDEFINES names no preceding item of the same group',
  REDEFINES_LEVEL: 'REDEFINES names an item of another level',
  REDEFINES_BETWEEN: 'another item stands between a REDEFINES and its target',
  RENAMES_UNKNOWN: 'RENAMES names no item of the record',
  RENAMES_RANGE: 'RENAMES THRU ends before it starts, or names an item it cannot',
  CONDITION_MISPLACED: 'a level 88 entry follows no item',
  CONDITION_VALUE: 'a level 88 entry has no usable VALUE',
  COUNTER_UNKNOWN: 'DEPENDING ON names no numeric item of the record',
  COUNTER_BEHIND: 'DEPENDING ON names an item that stands behind its table',
  COUNTER_TYPE: 'DEPENDING ON names an item that is no integer',
  NAME_AMBIGUOUS: 'a reference in the copybook fits more than one item',
  DEPTH: 'groups nest deeper than 49',
  RECORD_TOO_LARGE: 'a record would be larger than 256 MiB',
  DIGITS: 'an item has more digits than the dialect allows; it is read all the same',
  REDEFINES_LARGER: 'an item is larger than the item it redefines; what follows starts after the larger one',
  SYNC_MISALIGNED: 'a redefining SYNCHRONIZED item cannot be aligned',

  // Catalogs (exit status 3)
  CATALOG_SYNTAX: 'a catalog is not the YAML it should be',
  CATALOG_SCHEMA: 'a member of a catalog is missing, unknown or of the wrong kind',
  CATALOG_PATH: 'a file that a catalog names lies outside its folder',
  CATALOG_COPYBOOK: 'a copybook that a catalog names cannot be read or has an error',
  CATALOG_FIELD: 'a catalog names a field that the copybook does not have, or one of an unsuitable kind',
  CATALOG_CONDITION: 'a condition of an event is not CEL, or asks what its fields cannot answer',
  CATALOG_UNREACHABLE: 'no frame can ever be of a type of the catalog',
  CATALOG_OVERLAP: 'a frame can be of two types of the catalog',
  CATALOG_PAIR: 'a type of the catalog pairs with nothing, or with a type that does not pair with it',
  CATALOG_UNUSED: 'a copybook stands beside those of a catalog, which has no type for it',

  // Pipelines (exit status 3)
  PIPELINE_SYNTAX: 'a pipeline is not the YAML it should be',
  PIPELINE_SCHEMA: 'a member of a pipeline is missing, unknown or of the wrong kind',
  PIPELINE_PATH: 'a file that a pipeline names lies outside its folder',
  PIPELINE_JOIN: 'a pipeline would join two topics, whose order among each other is nowhere written down',

  // Campaigns (exit status 3)
  CAMPAIGN_SYNTAX: 'a file of campaigns is not the YAML or JSON it should be',
  CAMPAIGN_SCHEMA: 'a member of a file of campaigns is missing, unknown or of the wrong kind',
  CAMPAIGN_NAME: 'a campaign has the name of another one, or names what does not exist',
  CAMPAIGN_CONDITION: 'a condition of a campaign is not CEL, or asks what a bet cannot answer',
  CAMPAIGN_NEVER: 'no bet can ever meet the conditions of a campaign',

  // Data: a value that could not be read (severity error) or was written unusually (severity note)
  ZONED_DIGIT: 'a zoned field holds a byte that is no digit',
  ZONED_SIGN: 'a zoned field holds an invalid sign',
  SEPARATE_SIGN: 'a separate sign is neither + nor -',
  PACKED_DIGIT: 'a packed field holds a nibble that is no digit',
  PACKED_SIGN: 'a packed field holds an invalid sign nibble',
  BINARY_RANGE: 'a binary value cannot be written as an exact number; its digits are in the issue',
  FLOAT_NOT_FINITE: 'a floating-point field holds a NaN or an infinity',
  BLANK_NUMERIC: 'a numeric field is wholly blank or low-values',
  EDITED_VALUE: 'an edited field does not read as a number',
  DBCS_SHIFT: 'shift-out and shift-in do not balance',
  TEXT_BYTES: 'the bytes are no text in the encoding of the field',
  COUNTER_RANGE: 'an OCCURS DEPENDING ON counter is outside its bounds',
  COUNTER_UNREADABLE: 'an OCCURS DEPENDING ON counter cannot be read',
  EMPTY_ENTRIES: 'a table has too many entries that take no bytes to list them all',
  ITEM_CUT: 'the record ends inside a field',
  RECORD_SHORT: 'the record is shorter than its layout',
  NO_VIEW: 'no view rule fits the record',
  NO_RECORD: 'no record rule fits the record',
  SIGN_NOT_PREFERRED: 'a sign is valid but not the preferred one',
  SIGN_UNEXPECTED: 'an unsigned field carries a negative sign',
  MINUS_ZERO: 'a zero carries a minus sign',
  BLANK_WHEN_ZERO_DIGITS: 'a BLANK WHEN ZERO field holds a zero in digits',
  PAD_NIBBLE: 'the unused leading nibble of a packed field is not zero',
  FLOAT_INEXACT: 'a floating-point value has more bits than a double',
  FLOAT_UNNORMALISED: 'a hexadecimal floating-point value is not normalised',
  BEYOND_PICTURE: 'a binary value has more digits than its picture',
  NUMBER_INEXACT: 'a number was rounded to the nearest double',
  EDITED_FORM: 'an edited field is not what editing its value would give',
  UNMAPPED_BYTE: 'a byte has no character in the code page',
  TEXT_FORM: 'writing the text back would give other bytes: needless shifts, or a character that has two codes',
  TAIL_ABSENT: 'the record ends before its last fields',
  SURPLUS_BYTES: 'the record is longer than its layout',

  // Values that cannot be written
  ENCODE_TYPE: 'a value is not of the kind its field holds',
  ENCODE_TOO_LONG: 'a text is longer than its field',
  ENCODE_CHARACTER: 'a text has a character that the code page of its field does not have',
  ENCODE_DIGITS: 'a number has more digits than its field',
  ENCODE_DECIMALS: 'a number has more decimals than its field',
  ENCODE_SIGN: 'a negative number is given for an unsigned field',
  ENCODE_RANGE: 'a number is outside what the bytes of its field hold',
  ENCODE_EDITED: 'a number cannot be edited by the picture of its field',
  ENCODE_COUNT: 'a table has another number of entries than its counter or picture says',
  ENCODE_UNKNOWN_FIELD: 'a member names no field of the record',
  ENCODE_MISSING_FIELD: 'a field has no value',
  ENCODE_VIEWS: 'views of the same bytes do not agree',
  ENCODE_RECORD: 'no record rule chooses a record that the value fits',
  ENCODE_LINE: 'a line is not a record in JSON',
  ENCODE_ORIGINAL: 'a line has no record in the original to go with',
  AVRO_VALUE: 'a value does not fit the Avro schema of its record',
  SCHEMA_BREAKING: 'a stream would no longer fit the schema that it had',

  // Comparing
  DIFF_MEMORY: 'too many records wait for one with the same key',

  // Framing
  RDW_LENGTH: 'a record descriptor word holds an impossible length',
  RDW_SEGMENT: 'a record descriptor word is that of a segment of a spanned record, which is no record by itself',
  RDW_OTHER_BYTES: 'the two bytes beside the length in a record descriptor word are not zero',
  BDW_LENGTH: 'a block descriptor word holds an impossible length',
  FRAME_LENGTH: 'a record length is impossible or beyond the limit',
  FRAME_CUT: 'the input ends inside a record',
  FRAME_LINE: 'a record is empty or holds a line end, so no line of text can hold it',
  QUARANTINE_LINE: 'a quarantine line is malformed',
  GZIP: 'compressed input is damaged or ends early',
  ACCOUNT: 'the pieces of an input do not add up to the input',

  // Frames of a catalog
  CAPTURE_PREFIX: 'what stands before a captured frame is no length and capture time',
  HEADER_CUT: 'a frame is shorter than its header',
  HEADER_FIELD: 'a field of the header cannot be read',
  HEADER_LENGTH: 'the length in the header is not that of the frame',
  FRAME_TYPE: 'a frame is of no type of the catalog',
  FRAME_DIRECTION: 'a frame goes in another direction than its type does',
  FRAME_FUTURE: 'the event time of a frame is further ahead of its ingest time than it may be',
  COMPRESSED_CUT: 'compressed bytes end inside a string',
  COMPRESSED_CONTROL: 'a string control byte is one that no scheme defines',
  COMPRESSED_ABORT: 'a string control byte says that the sender gave up',
  COMPRESSED_COMPACTION: 'a string control byte stands for compacted bytes, which need a table that is not in the data',
  COMPRESSED_SURPLUS: 'bytes follow the end of compressed bytes',
  COMPRESSED_BITMAP: 'a presence bitmap is cut, or says that a field follows that does not exist',
  DECOMPRESSED_SIZE: 'compressed bytes stand for more bytes than there may be',

  // Connections
  CONNECTION_LOST: 'a connection broke, or cannot be made; what it had sent of an unfinished frame is no frame',
  CONNECTION_REFUSED: 'connections were turned away, because there are as many as there may be',
  CONNECTION_GAP: 'a run ended while a connection was open: what it sent after the last commit was not kept',

  // The embedded runtime
  JOURNAL_INPUT: 'an input that a journal refers to is gone or has changed',
  OPERATOR_FAILED: 'an operator threw an error on a journal entry',
  REWARD_ENTRY: 'a line of coupons, races or points of sale, or an event, is not what rewards can be made of',
  CAMPAIGN_VERSION: 'campaigns that are reloaded have no higher version than those in force',
  COUPON_FRAME: 'a reward cannot be written as a frame that prints its coupon',

  // State (exit status 2)
  STATE_LOCKED: 'another process or another part of this one writes to the folder of state',
  STATE_FULL: 'there is no room on disk for a commit; nothing of it was kept',
  STATE_CORRUPT: 'what was kept on disk is damaged or no state at all',
  STATE_READ_ONLY: 'the folder of state may not be written to',
  STATE_GONE: 'there is no state in a folder, or it was removed or replaced while it was open',
  STATE_FOREIGN: 'a folder that is to hold state holds something else',
  STATE_INCOMPATIBLE: 'state was written for another pipeline, catalog, number of partitions or version',
} as const;

/** A stable code of this package. */
export type Code = keyof typeof codes;

/** What a problem means for whoever called: 2 usage or I/O, 3 a wrong copybook or catalog. */
export type ExitStatus = 2 | 3;

/** An error of this package: a stable code, a message for people, and what to do about it. */
export class OverpunchError extends Error {
  readonly code: Code;
  readonly hint: string | undefined;
  readonly exitStatus: ExitStatus;

  constructor(code: Code, message: string, options: { hint?: string; exitStatus?: ExitStatus; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'OverpunchError';
    this.code = code;
    this.hint = options.hint;
    this.exitStatus = options.exitStatus ?? 2;
  }
}
