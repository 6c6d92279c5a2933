# Completes provider-cli in bash. It asks the program itself, so that it never is out of date.
_provider_cli() {
  local program=$1 line
  type -P -- "$program" >/dev/null 2>&1 || program=provider-cli
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      $'\tfiles' | $'\tfolders')
        compopt -o filenames 2>/dev/null
        local kind=-f name
        [ "$line" = $'\tfolders' ] && kind=-d
        while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen "$kind" -- "$2")
        ;;
      *) COMPREPLY+=("$line") ;;
    esac
  done < <("$program" completion candidates -- bash "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null </dev/null)
}
complete -o nosort -F _provider_cli provider-cli 2>/dev/null || complete -F _provider_cli provider-cli
