# Completes provider-cli in fish. It asks the program itself, so that it never is out of date.
function __provider_cli_candidates
    set -l words (commandline -opc)
    set -l current (commandline -ct | string replace -r '^["\']' '')
    set -l option (string match -r -- '^--[^=]*=' "$current")
    set -l program $words[1]
    set -e words[1]
    type -q -- $program; or set program provider-cli
    for answer in ($program completion candidates -- words "=$current" $words 2>/dev/null </dev/null)
        switch $answer
            case \tfiles
                for name in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current"))
                    echo -- "$option$name"
                end
            case \tfolders
                for name in (__fish_complete_directories (string replace -r -- '^--[^=]*=' '' "$current") '')
                    echo -- "$option$name"
                end
            case '*'
                echo -- $answer
        end
    end
end
complete -c provider-cli -e
complete -c provider-cli -f -k -a '(__provider_cli_candidates)'
