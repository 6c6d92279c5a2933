# Completes provider-cli in PowerShell. It asks the program itself, so that it never is out of date.
Register-ArgumentCompleter -Native -CommandName 'provider-cli' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
    $current = "$wordToComplete".Trim([char[]]"`"'")
    foreach ($answer in @(provider-cli completion candidates -- words "=$current" @words 2>$null)) {
        $value, $description = $answer -split "`t", 2
        # Without a value it stands for files, which PowerShell offers where nothing else is offered.
        if ($value) {
            $shown = if ($description) { $description } else { $value }
            # Unquoted, a comma would make two arguments of it.
            $text = if ($value -match '[,@]') { "'$value'" } else { $value }
            [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $shown)
        }
    }
}
