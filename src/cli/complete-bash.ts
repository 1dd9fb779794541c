import { type CompletedCommand, type CompletedOption, type FirstWord, firstWords } from './completion-words.ts';

/** Write the completion script for bash (3.2 and later, with or without bash-completion). */
export function completeBash(commands: readonly CompletedCommand[]): string {
  const values: string[] = [];
  const paths: string[] = [];
  const open: string[] = [];
  const options: string[] = [];
  const operands: string[] = [];
  const firsts = firstWords(commands);
  const groups = firsts.filter(({ seconds }) => seconds.length > 0);
  for (const { name, options: own, operands: words } of commands) {
    options.push(`    '${name}') options='${own.flatMap(({ names }) => names).join(' ')}' ;;`);
    if (words.length > 0) operands.push(`    '${name}') words='${words.join(' ')}' ;;`);
    for (const option of own.filter(({ takes }) => takes !== 'never')) {
      const optional = option.takes === 'maybe' ? 'optional=yes ' : '';
      if (option.words.length > 0)
        values.push(`    ${patterns(name, option)}) ${optional}words='${option.words.join(' ')}' ;;`);
      else (option.path ? paths : open).push(patterns(name, option));
    }
  }
  return `# bash completion for overpunch. Try it: source <(overpunch completion bash)
_overpunch() {
  local current previous command word words options optional at
  COMPREPLY=()
  current=\${COMP_WORDS[COMP_CWORD]}
  previous=\${COMP_WORDS[COMP_CWORD-1]}
  # Readline takes --to=csv for three words.
  local assigned=
  if [ "$current" = '=' ]; then
    assigned=yes
    current=
  elif [ "$previous" = '=' ]; then
    assigned=yes
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  at=1
  while [ "$at" -lt "$COMP_CWORD" ]; do
    word=\${COMP_WORDS[at]}
    case $word in
    -*) ;;
    *)
      command="\${command:+$command }$word"
      case $command in ${groups.map(({ word }) => word).join(' | ')}) ;; *) break ;; esac
      ;;
    esac
    at=$((at + 1))
  done
  case $command in
  '')
    COMPREPLY=($(compgen -W '${firsts.map(({ word }) => word).join(' ')} --help --version' -- "$current"))
    return
    ;;
${groups.map(secondWords).join('\n')}
  esac
  words=
  optional=
  case "$command $previous" in
${values.join('\n')}
    ${paths.join(' | ')})
      _overpunch_files "$current"
      return
      ;;
    ${open.join(' | ')}) return ;;
  esac
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    if [ -z "$optional" ] || [ -n "$assigned" ] || [ \${#COMPREPLY[@]} -gt 0 ]; then return; fi
  fi
  words=
  case $current in
  -*)
    case $command in
${options.join('\n')}
    esac
    COMPREPLY=($(compgen -W "$options" -- "$current"))
    return
    ;;
  esac
  case $command in
${operands.join('\n')}
  esac
  if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current")); else _overpunch_files "$current"; fi
}
_overpunch_files() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$1"))
  type compopt >/dev/null 2>&1 && compopt -o filenames 2>/dev/null
}
complete -F _overpunch overpunch
`;
}

function secondWords({ word, seconds }: FirstWord): string {
  const offered = [...seconds.map((second) => second.word), '--help'].join(' ');
  return `  ${word})\n    COMPREPLY=($(compgen -W '${offered}' -- "$current"))\n    return\n    ;;`;
}

function patterns(command: string, { names }: CompletedOption): string {
  return names.map((name) => `'${command} ${name}'`).join(' | ');
}
