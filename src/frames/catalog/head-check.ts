import type { Issue } from '../../codec/issue.ts';
import type { HeaderReader } from '../header/header-reader.ts';
import { type Catalog, type FrameType, frameRoles } from './catalog.ts';
import { headerCheck, headerError } from './header-issues.ts';

/** Says whether the header in view can be believed. */
export interface HeadCheck {
  /** Whether nothing is wrong with the header of a frame of `length` bytes: most frames. `false`: ask for the issues. */
  isSound(length: number, type: FrameType): boolean;
  /** Find what is wrong with the header of the frame in view; the last issue may be one that ends it all. */
  issues(bytes: Uint8Array, type: FrameType | null): readonly Issue[];
  /** Whether the body of the frame in view is compressed. */
  isCompressed(type: FrameType): boolean;
}

/** Make the check of what a view shows of a protocol's frames. */
export function headCheck(catalog: Catalog, view: HeaderReader): HeadCheck {
  const { header, types } = catalog;
  const unreadable = headerCheck(catalog);
  const hasSequence = header.fields.sequence !== null;
  const hasTime = header.fields.time !== null;
  const hasLength = header.fields.length !== null;
  const hasDirection = header.fields.direction !== null;

  const wrongDirection = (type: FrameType): string | null => {
    const { directions, fields } = header;
    if (fields.direction === null || frameRoles[view.direction] === type.role) return null;
    const values = directions[type.role];
    // A role that no value stands for follows from the type; a value of another role contradicts it all the same.
    if (values.length === 0) return view.direction < 0 ? null : `another value: ${type.name} is a ${type.role}`;
    return `${values.join(' or ')}: ${type.name} is a ${type.role}`;
  };

  return {
    isSound: (length, type) =>
      !Number.isNaN(view.key + view.flags) &&
      (!hasSequence || !Number.isNaN(view.sequence)) &&
      (!hasTime || !Number.isNaN(view.time)) &&
      (!hasLength || view.frameLength === length) &&
      (!hasDirection || frameRoles[view.direction] === type.role),
    issues(bytes, type) {
      const issues = [...unreadable(view, bytes)];
      const { frameLength } = view;
      const { length, direction } = header.fields;
      if (length !== null && frameLength !== bytes.length && !Number.isNaN(frameLength)) {
        const expected = `the length of this frame, ${bytes.length} bytes; it says ${frameLength}`;
        issues.push(headerError('HEADER_LENGTH', length, bytes, expected));
      } else if (type === null) {
        const expected = `the value of one of the ${types.length} types of ${catalog.protocol}`;
        issues.push(headerError('FRAME_TYPE', header.discriminators[0] ?? header.fields.type, bytes, expected));
      } else {
        const expected = wrongDirection(type);
        if (expected !== null && direction !== null)
          issues.push(headerError('FRAME_DIRECTION', direction, bytes, expected));
      }
      return issues;
    },
    isCompressed: ({ compression }) =>
      compression !== null && (compression.flag === 0 || (view.flags & compression.flag) !== 0),
  };
}
