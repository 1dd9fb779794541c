/**
 * Where the parts of a frame's trace are, what there is to know of a frame that was decoded: from where to where its line is, with its
 * line end; where its header and plain body are, and how many bytes of them; and the index of its type. All addresses are those of the
 * space. Bytes from one part to the next, and from one trace to the next.
 */
export const frameTrace = { from: 0, to: 4, plain: 8, length: 12, type: 16, size: 20 } as const;
