# nin completions bash > ~/.local/share/bash-completion/completions/nin
_nin() {
    local word=${COMP_WORDS[COMP_CWORD]} typed="${COMP_WORDS[*]:1:COMP_CWORD}" each
    COMPREPLY=()
    while IFS= read -r each; do
        [[ $each == "$word"* && ($word == -* || $each != -*) ]] && COMPREPLY+=("$each")
    done < <("$1" "[suggest:${#typed}]" "$typed" 2> /dev/null)
}
complete -o default -F _nin nin
