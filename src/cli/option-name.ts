/** The name of an option on the command line: `rdwEndian` is `rdw-endian`, `comp5Size` is `comp5-size`. */
export function optionName(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
