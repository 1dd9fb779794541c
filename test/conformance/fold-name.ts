/** Bring a name into the form in which the format compares names: without `-` and `_`, case ignored. */
export function foldName(name: string): string {
  return name.replaceAll(/[-_]/g, '').toLowerCase();
}
