import type { Layout, LayoutItem, LayoutRenames, RecordLayout } from './layout.ts';

/**
 * Put a record behind another one: a frame is its header and then its body. The items of both lie side by side in one record, which
 * has the body's name; the body's stand where the header ends. Both must be groups, and the header of one length.
 *
 * Throws a RangeError for records of another form.
 */
export function joinRecords(header: RecordLayout, body: RecordLayout): RecordLayout {
  for (const { root, name } of [header, body]) {
    if (root.type !== null || root.occurs !== null) throw new RangeError(`${name} is no group`);
  }
  if (header.minimumLength !== header.maximumLength) throw new RangeError(`the length of ${header.name} varies`);
  const items: Draft[] = [];
  const root: Draft = {
    ...body.root,
    index: 0,
    children: [],
    length: header.root.length + body.root.length,
    bitLength: 8 * header.root.length + body.root.bitLength,
  };
  items.push(root);
  const moved = new Map<LayoutItem, Draft>();
  for (const part of [header, body]) {
    const distance = part === header ? 0 : header.root.length;
    moved.set(part.root, root);
    for (const item of part.items.slice(1)) {
      const draft: Draft = { ...item, index: items.length, offset: item.offset + distance, children: [] };
      if (part === header) draft.path = item.path.replace(header.root.path, () => root.path);
      moved.set(item, draft);
      items.push(draft);
    }
  }
  const at = (item: LayoutItem): Draft => moved.get(item) ?? root;
  for (const [item, draft] of moved) {
    if (draft === root) {
      root.children = [...root.children, ...item.children.map(at)];
      continue;
    }
    draft.parent = item.parent === null ? null : at(item.parent);
    draft.children = item.children.map(at);
    draft.redefines = item.redefines === null ? null : at(item.redefines);
    draft.views = item.views.map(at);
    if (item.occurs !== null) {
      draft.occurs = { ...item.occurs, counter: item.occurs.counter === null ? null : at(item.occurs.counter) };
    }
  }
  return {
    name: body.name,
    root,
    items,
    renames: [
      ...header.renames.map((one) => moveRenames(one, 0)),
      ...body.renames.map((one) => moveRenames(one, header.root.length)),
    ],
    minimumLength: header.minimumLength + body.minimumLength,
    maximumLength: header.maximumLength + body.maximumLength,
  };

  function moveRenames(one: LayoutRenames, distance: number): LayoutRenames {
    return { ...one, from: at(one.from), through: at(one.through), offset: one.offset + distance };
  }
}

/** The same for each record of a body's layout. */
export function joinLayouts(header: RecordLayout, body: Layout): Layout {
  return { ...body, records: body.records.map((record) => joinRecords(header, record)) };
}

type Draft = { -readonly [Name in keyof LayoutItem]: LayoutItem[Name] };
