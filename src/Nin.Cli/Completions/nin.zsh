#compdef nin
# source <(nin completions zsh), after compinit; or nin completions zsh > a folder of $fpath, as _nin
_nin() {
    local typed="${(j: :)words[2,CURRENT]}"
    local -a found=("${(@f)$("${words[1]}" "[suggest:${#typed}]" "$typed" 2> /dev/null)}")
    [[ ${words[CURRENT]} == -* ]] || found=(${found:#-*})
    compadd -- $found || _files
}
compdef _nin nin
