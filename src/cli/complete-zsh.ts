import { type CompletedCommand, type CompletedOption, firstWords } from './completion-words.ts';

/** Write the completion script for zsh. */
export function completeZsh(commands: readonly CompletedCommand[]): string {
  const words = firstWords(commands);
  const byName = new Map(commands.map((command) => [command.name, command]));
  const cases = words.map(({ word, seconds }) => {
    const command = byName.get(word);
    if (command !== undefined) return caseOf(word, command, '        ');
    return `        ${word})
          if (( CURRENT == 2 )); then
            local -a seconds
            seconds=(
${seconds.map((second) => `              ${describedWord(second.word, second.command.summary)}`).join('\n')}
            )
            _describe command seconds
          else
            shift words
            (( CURRENT-- ))
            case $words[1] in
${seconds.map((second) => caseOf(second.word, second.command, '            ')).join('\n')}
            esac
          fi
          ;;`;
  });
  const described = words.map(({ word, summary }) => `        ${describedWord(word, summary)}`);
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

function caseOf(word: string, { options, operands }: CompletedCommand, indent: string): string {
  const specs = options.flatMap((option) => specsOf(option));
  const last = operands.length > 0 ? `'1:${word}:(${operands.join(' ')})'` : "'*:file:_files'";
  const lines = [...specs, last].map((spec) => `${indent}    ${spec}`).join(' \\\n');
  return `${indent}${word})\n${indent}  _arguments -s \\\n${lines}\n${indent}  ;;`;
}

function describedWord(word: string, summary: string): string {
  return quoted(`${word}:${summary.replaceAll(':', '\\:')}`);
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
