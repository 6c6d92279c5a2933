#compdef provider-cli
# Completes provider-cli in zsh. It asks the program itself, so that it never is out of date.
_provider-cli() {
  local program=${(Q)words[1]} answer tab=$'\t'
  local -a answers candidates
  (( $+commands[$program] )) || [[ -x $program ]] || program=provider-cli
  answers=("${(@f)$("$program" completion candidates -- words "=${(Q)PREFIX}" "${(@Q)words[2,CURRENT-1]}" 2>/dev/null </dev/null)}")
  for answer in $answers; do
    case $answer in
      ${tab}files) compset -P '--*='; _files; return ;;
      ${tab}folders) compset -P '--*='; _files -/; return ;;
      *${tab}*) candidates+=("${${answer%%${tab}*}//:/\\:}:${answer#*${tab}}") ;;
      *) candidates+=("${answer//:/\\:}") ;;
    esac
  done
  (( $#candidates )) && _describe -V candidate candidates
}
if [[ $funcstack[1] = _provider-cli ]]; then
  _provider-cli "$@"
elif (( $+functions[compdef] )); then
  compdef _provider-cli provider-cli
else
  print -u2 'provider-cli: zsh completes nothing before: autoload -Uz compinit && compinit'
fi
