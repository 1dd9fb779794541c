/** Make the function that writes remarks for people to standard error; nothing under `--quiet`. */
export function unlessQuiet({ quiet }: { readonly quiet?: boolean | undefined }): (text: string) => void {
  return (text) => {
    if (quiet !== true) process.stderr.write(text);
  };
}
