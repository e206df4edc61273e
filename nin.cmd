@echo off
rem Builds the nin command on first use, then runs it. Written for Windows and not yet run there.
rem After a change of the sources: dotnet build src\Nin.Cli -c Release
setlocal
set "root=%~dp0"
set "program=%root%src\Nin.Cli\bin\Release\net10.0\Nin.Cli.dll"
if not exist "%program%" (
    echo building nin ^(first use takes about a minute^) ... 1>&2
    pushd "%root%"
    if not exist artifacts mkdir artifacts
    dotnet build src\Nin.Cli -c Release --nologo -v minimal > artifacts\build.log 2>&1 || (
        type artifacts\build.log 1>&2
        echo error: nin could not be built 1>&2
        echo   why: the build failed as shown above, or the .NET 10 SDK is missing 1>&2
        echo   fix: install the .NET 10 SDK: https://dotnet.microsoft.com/download 1>&2
        popd
        exit /b 5
    )
    popd
)
dotnet "%program%" %*
exit /b %ERRORLEVEL%
