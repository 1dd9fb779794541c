/** Makes names unique in the order they come: the first keeps its name, the next get `joint` and a number from 2 up. */
export function uniqueNamer(joint: string): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name}${joint}${number}`;
    taken.add(unique);
    return unique;
  };
}
