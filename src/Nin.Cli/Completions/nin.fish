# nin completions fish > ~/.config/fish/completions/nin.fish
function __nin_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l typed (string join ' ' -- $words[2..])
    $words[1] "[suggest:"(string length -- "$typed")"]" "$typed" 2> /dev/null
end
complete -c nin -a '(__nin_complete)'
