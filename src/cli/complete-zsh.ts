import type { CompletedCommand, CompletedOption } from './completion-words.ts';

/** Write the completion script for zsh. */
export function completeZsh(commands: readonly CompletedCommand[]): string {
  const cases = commands.map(({ name, options, operands }) => {
    const specs = options.flatMap((option) => specsOf(option));
    const last = operands.length > 0 ? `'1:${name}:(${operands.join(' ')})'` : "'*:file:_files'";
    return `        ${name})\n          _arguments -s \\\n${[...specs, last].map((spec) => `            ${spec}`).join(' \\\n')}\n          ;;`;
  });
  const described = commands.map(
    ({ name, summary }) => `        ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`,
  );
  return `#compdef overpunch
# zsh completion for overpunch. Try it: source <(overpunch completion zsh)
_overpunch() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C '(- *)--help[show help]' '(- *)--version[show the version]' '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      local -a commands
      commands=(
${described.join('\n')}
      )
      _describe command commands
      ;;
    argument)
      case $words[1] in
${cases.join('\n')}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = _overpunch ]; then _overpunch "$@"; else compdef _overpunch overpunch; fi
`;
}

function specsOf({ names, summary, takes, words, path, repeats, argument }: CompletedOption): string[] {
  const action = words.length > 0 ? `(${words.join(' ')})` : path ? '_files' : ' ';
  return names.map((name) => {
    const long = name.startsWith('--');
    const joint = takes === 'never' ? '' : long ? '=' : '+';
    const value = takes === 'never' ? '' : `${takes === 'maybe' ? '::' : ':'}${escaped(argument)}:${action}`;
    const exclusive = repeats ? '*' : `(${names.join(' ')})`;
    return quoted(`${exclusive}${name}${joint}[${escaped(summary)}]${value}`);
  });
}

/** Escape what means something in a specification of _arguments. */
function escaped(text: string): string {
  return text.replace(/[\\:[\]]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
